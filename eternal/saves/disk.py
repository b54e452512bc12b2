"""The one seam between saves and the file system, so that tests can fail any call of it."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path
from types import ModuleType

from eternal.speech import _, mark

__all__ = ["APPEND", "DISK", "Disk", "Stamp", "explain", "real"]

fcntl: ModuleType | None = None
msvcrt: ModuleType | None = None
try:
    import fcntl
except ImportError:  # Windows has another way to lock a file; some systems have none
    with contextlib.suppress(ImportError):
        import msvcrt

#: How a journal is opened: whatever is written stands after all that is there.
APPEND = os.O_WRONLY | os.O_APPEND
#: Beyond the end of any lock file, so that its words can still be read while it is locked (Windows).
_LOCKED_BYTE = 1 << 20


def _codes(*names: str) -> frozenset[int]:
    """Return the error numbers of those names that this system has."""
    return frozenset(getattr(errno, name) for name in names if hasattr(errno, name))


#: What a file system answers to a call that it does not know.
_UNKNOWN_CALL = _codes("EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "ENOTTY")
#: What a folder answers where its names cannot be waited for: nothing to be done, and no error.
_NO_FOLDER_SYNC = _UNKNOWN_CALL | _codes("EBADF", "EACCES", "EISDIR")

#: A file as its folder knows it: bytes, modification time in nanoseconds, inode.
Stamp = tuple[int, int, int]


class Disk:
    """The calls that a save makes. Each can raise OSError; none is ever retried here."""

    # Single calls: a test that replaces these has replaced the file system. ------------------------------------------

    def read(self, path: Path, limit: int) -> bytes:
        """Return at most `limit` bytes of a file; whatever is no file (a pipe, a device) is refused, never waited for."""
        with os.fdopen(_open(path, os.O_RDONLY), "rb") as file:
            return file.read(limit)

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        """Open a file, by default one that only its owner can read, and return its descriptor; a link is refused."""
        return _open(path, flags | getattr(os, "O_NOFOLLOW", 0), mode)

    def share(self, descriptor: int, path: Path) -> None:
        """Let those use an open file who may use the one that has the name `path`, if there is one and the system can."""
        with contextlib.suppress(OSError):
            mode = stat.S_IMODE(path.stat().st_mode)
            if hasattr(os, "fchmod"):
                os.fchmod(descriptor, mode)

    def write(self, descriptor: int, data: bytes) -> None:
        """Write all of `data`."""
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]

    def sync(self, descriptor: int) -> None:
        """Wait until what was written is on the disk itself."""
        full = getattr(fcntl, "F_FULLFSYNC", None)  # macOS: fsync alone leaves it in the drive's memory
        if fcntl is not None and full is not None:
            try:
                fcntl.fcntl(descriptor, full)
            except OSError as error:
                if error.errno not in _UNKNOWN_CALL:
                    raise
            else:
                return
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close a file."""
        os.close(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        """Give a file another name at once, in place of whatever has it."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Take a file away."""
        path.unlink()

    def mkdir(self, path: Path) -> None:
        """Make one folder."""
        path.mkdir(exist_ok=True)

    def sync_folder(self, path: Path) -> None:
        """Wait until the names in a folder are on the disk, where the system can."""
        if not hasattr(os, "O_DIRECTORY"):
            return
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            if error.errno not in _NO_FOLDER_SYNC:
                raise

    def lock(self, descriptor: int) -> bool:
        """Lock an open file for this process; False if another has it. OSError where the file system has no locks."""
        try:
            if fcntl is not None:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            elif msvcrt is not None:
                os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
                os.lseek(descriptor, 0, os.SEEK_SET)
        except OSError as error:
            if isinstance(error, BlockingIOError) or (fcntl is None and error.errno in (errno.EACCES, errno.EDEADLK)):
                return False
            raise
        return True

    def stamp(self, path: Path) -> Stamp:
        """Return a file's size, time and inode."""
        found = path.stat()
        return found.st_size, found.st_mtime_ns, found.st_ino

    def is_at(self, descriptor: int, path: Path) -> bool:
        """Tell whether an open file is still the one that has the name `path`."""
        try:
            there, ours = path.stat(), os.fstat(descriptor)
        except FileNotFoundError:
            return False
        return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)

    def size(self, descriptor: int) -> int:
        """Return how many bytes an open file has."""
        return os.fstat(descriptor).st_size

    def exists(self, path: Path) -> bool:
        """Tell whether something has the name `path`."""
        try:
            path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True

    def names(self, folder: Path) -> list[str]:
        """Return the names of the files of a folder."""
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries if entry.is_file()]

    # What is made of them. -------------------------------------------------------------------------------------------

    def make_folder(self, path: Path) -> None:
        """Make a folder and those above it, and wait until they are on the disk."""
        if self.exists(path):
            return
        if path.parent != path:
            self.make_folder(path.parent)
        self.mkdir(path)
        self.sync_folder(path.parent)

    def write_file(self, path: Path, data: bytes, *, shared: bool = False) -> None:
        """Write a whole file so that after any interruption either the old or the new one is there, and whole.

        Only its owner can read it, unless it is `shared`: then it is for whoever the umask, or the old one, lets.
        """
        self.make_folder(path.parent)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
        try:
            descriptor = self._open_new(temporary, 0o666 if shared else 0o600)
            try:
                if shared:
                    self.share(descriptor, path)
                self.write(descriptor, data)
                self.sync(descriptor)
            finally:
                self.close(descriptor)
            self.replace(temporary, path)
        except OSError:
            with contextlib.suppress(OSError):
                self.remove(temporary)
            raise
        self.sync_folder(path.parent)

    def _open_new(self, path: Path, mode: int) -> int:
        """Open a file that is nobody's yet. What has the name already was left by a writer who died, or is no file of ours."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        try:
            return self.open(path, flags, mode)
        except FileExistsError:
            self.remove(path)
            return self.open(path, flags, mode)

    def sweep(self, path: Path) -> None:
        """Take away what writers of a file who died left behind. Only for whoever holds its lock."""
        with contextlib.suppress(OSError):
            for name in self.names(path.parent):
                if name.startswith(f".{path.name}.") and name.endswith(".new"):
                    self.remove(path.with_name(name))


def _open(path: Path, flags: int, mode: int = 0) -> int:
    """Open a file; whatever is none (a pipe, a device) is refused, never waited for."""
    always = ("O_NONBLOCK", "O_BINARY", "O_CLOEXEC")
    descriptor = os.open(path, flags | sum(getattr(os, name, 0) for name in always), mode)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "that is no file", str(path))
    return descriptor


def real(path: Path) -> Path:
    """Return where a path leads if it is a link: that is what is written, locked and read, and the link stays one."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


#: The real one.
DISK = Disk()

_WORDS = {
    "ENOSPC": mark("the disk is full"),
    "EDQUOT": mark("your share of the disk is full"),
    "EROFS": mark("the disk cannot be written to"),
    "EACCES": mark("that is not permitted there"),
    "EPERM": mark("that is not permitted there"),
    "EIO": mark("the disk reports an error"),
    "EFBIG": mark("the file would be too large"),
    "ENAMETOOLONG": mark("its name is too long"),
    "ENOTDIR": mark("there is no such folder"),
    "ENOENT": mark("there is no such file"),
    "ELOOP": mark("there is a link where its file should be"),
    "EISDIR": mark("that is a folder"),
    "EMFILE": mark("too many files are open"),
    "ENFILE": mark("too many files are open"),
}


def explain(error: OSError) -> str:
    """Say what a disk's error means, to a player: a few words without a full stop."""
    known = _WORDS.get(errno.errorcode.get(error.errno or 0, ""))
    return _(known) if known else " ".join((error.strerror or str(error)).lower().split())

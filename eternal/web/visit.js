// The terminal's script reads where to connect from the page; only the page knows by what name it was reached.
const terminal = document.getElementById("terminal");
terminal.dataset.sessionWebsocketUrl = `${location.protocol.replace("http", "ws")}//${location.host}/ws`;
terminal.dataset.fontSize = new URLSearchParams(location.search).get("fontsize") || "16";

// Keys go to the game as soon as it is there; once it has ended, Enter begins again.
new MutationObserver(() => {
  const is = (name) => document.body.classList.contains(name);
  if (is("-closed")) document.getElementById("again").focus();
  else if (is("-first-byte")) document.querySelector(".xterm-helper-textarea").focus();
}).observe(document.body, { attributes: true, attributeFilter: ["class"] });

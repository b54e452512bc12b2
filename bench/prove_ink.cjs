// Play and explore a story in inkjs, for so many seconds each, and print what was measured as JSON.
const fs = require("fs");
const { performance } = require("perf_hooks");
const [, , library, source, seconds] = process.argv; // seconds by the clock; what is printed is by the processor
const inkjs = require(library);

// Processor time, not the clock's: whoever else works on this machine costs neither side anything.
function timed(work) {
  const begun = process.cpuUsage();
  const result = work();
  const used = process.cpuUsage(begun);
  return [result, (used.user + used.system) / 1e6];
}

let seed = 12345;
function chance() {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return seed / 0x7fffffff;
}

const text = fs.readFileSync(source, "utf8");
const [json, compiling] = timed(() => new inkjs.Compiler(text).Compile().ToJson());
const [story, loading] = timed(() => new inkjs.Story(json));

function play(limit) {
  let steps = 0, plays = 0, length = 0;
  const until = performance.now() + limit * 1000;
  story.ResetState();
  while (performance.now() < until) {
    for (let batch = 0; batch < 50; batch++) {
      while (story.canContinue) length += story.Continue().length;
      const choices = story.currentChoices;
      if (choices.length === 0) { story.ResetState(); plays++; continue; }
      story.ChooseChoiceIndex(Math.floor(chance() * choices.length));
      steps++;
    }
  }
  return { steps, plays, length };
}

// What no condition reads is left out of the key, as a person would leave it out: counts of visits and turns, and the random seed.
function key(saved) {
  const state = JSON.parse(saved);
  for (const name of ["visitCounts", "turnIndices", "turnIdx", "storySeed", "previousRandom", "inkSaveVersion", "inkFormatVersion"]) delete state[name];
  return JSON.stringify(state);
}

function explore(limit) {
  const until = performance.now() + limit * 1000;
  story.ResetState();
  while (story.canContinue) story.Continue();
  const seen = new Set();
  let level = [story.state.toJson()];
  seen.add(key(level[0]));
  while (level.length && performance.now() < until) {
    const next = [];
    for (const saved of level) {
      if (performance.now() >= until) break;
      story.state.LoadJson(saved);
      const count = story.currentChoices.length;
      for (let index = 0; index < count; index++) {
        if (index) story.state.LoadJson(saved);
        story.ChooseChoiceIndex(index);
        while (story.canContinue) story.Continue();
        const after = story.state.toJson();
        const mark = key(after);
        if (!seen.has(mark)) { seen.add(mark); next.push(after); }
      }
    }
    level = next;
  }
  return seen.size;
}

play(0.5);
const [played, playing] = timed(() => play(Number(seconds)));
const [states, exploring] = timed(() => explore(Number(seconds)));
console.log(JSON.stringify({
  compile: compiling, load: loading, steps: played.steps / playing, plays: played.plays / playing, states: states / exploring,
}));

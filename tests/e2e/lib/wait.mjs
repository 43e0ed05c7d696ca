// Waiting for a state that only the outside can be asked for: bounded tries, never a fixed pause.
import { setTimeout as pause } from 'node:timers/promises';

const kTries = 3000;
const kPauseMs = 10;

// Asks `probe` until it answers something true, and returns that. What it throws is tried again, unless it is `final`.
export async function until(what, probe, tries = kTries) {
  let last;
  for (let i = 0; i < tries; ++i) {
    try {
      const answer = await probe();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      if (error.final) throw error;
      last = error;
    }
    await pause(kPauseMs);
  }
  throw new Error(`gave up waiting until ${what}`, { cause: last });
}

// A promise with its handles outside.
export function deferred() {
  const result = {};
  result.promise = new Promise((resolve, reject) => Object.assign(result, { resolve, reject }));
  return result;
}

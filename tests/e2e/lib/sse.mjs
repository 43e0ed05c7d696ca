// Server-sent events by the letter of the wire contract, 1.7 and 2.8: what a lenient client would forgive is an error.
import assert from 'node:assert/strict';

// Frames of a chat stream: each `data: <one line of JSON>` and an empty line, LF only; comments are passed over. The
// last one is `data: [DONE]`. Returns the parsed chunks and, in `texts`, their JSON as sent.
export function parseFrames(bytes) {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  assert.ok(!text.includes('\r'), 'line ends are LF');
  assert.ok(text.endsWith('\n\n'), 'the last frame ends with an empty line');
  const frames = text.slice(0, -2).split('\n\n').filter((frame) => !frame.startsWith(':'));
  assert.equal(frames.pop(), 'data: [DONE]');
  const texts = frames.map((frame) => {
    assert.match(frame, /^data: \{[^\n]*\}$/);
    return frame.slice('data: '.length);
  });
  return { texts, chunks: texts.map((json) => JSON.parse(json)) };
}

export function joinContent(chunks, index = 0) {
  const choices = chunks.flatMap((chunk) => chunk.choices).filter((choice) => choice.index === index);
  return choices.map((choice) => choice.delta.content ?? '').join('');
}

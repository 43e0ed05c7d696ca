// Prompts for benchmarks: words in an order of their own, their number in front, so that no two share a beginning that a
// cache would know.
const kWords = 'amber basin cedar delta ember fjord grove haven inlet jetty knoll ledge marsh north ocean plain'.split(' ');

let prompts = 0;
export function newPrompt(words) {
  const number = ++prompts;
  return `${number}: ${Array.from({ length: words }, (_, i) => kWords[(number * (i + 7) + i * i) % kWords.length]).join(' ')}`;
}

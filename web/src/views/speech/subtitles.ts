// A transcript as files, and as something to play along with.
import type { Segment, Transcript, Word } from '../../api/types';

function stamp(seconds: number, separator: string): string {
  const all = Math.round(seconds * 1000);
  const part = (value: number, digits: number): string => String(value).padStart(digits, '0');
  return `${part(Math.floor(all / 3_600_000), 2)}:${part(Math.floor(all / 60_000) % 60, 2)}:${part(Math.floor(all / 1000) % 60, 2)}${separator}${part(all % 1000, 3)}`;
}

// An arrow in what was said would end the line of times.
const cueText = (text: string): string => text.trim().replaceAll('-->', '->').replace(/\n{2,}/g, '\n');

export function toSrt(segments: readonly Segment[]): string {
  return segments.map((segment, i) => `${i + 1}\n${stamp(segment.start, ',')} --> ${stamp(segment.end, ',')}\n${cueText(segment.text)}\n`).join('\n');
}

export function toVtt(segments: readonly Segment[]): string {
  const cues = segments.map((segment) => `${stamp(segment.start, '.')} --> ${stamp(segment.end, '.')}\n${cueText(segment.text).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}\n`);
  return ['WEBVTT\n', ...cues].join('\n');
}

// A stream tells words with their segments; a whole answer tells all of them in one list.
export function withWords({ segments = [], words = [] }: Transcript): Segment[] {
  return segments.map((segment, i) => {
    if (segment.words !== undefined) return segment;
    const end = segments[i + 1]?.start ?? Infinity;
    return { ...segment, words: words.filter((word) => word.start >= (i === 0 ? -Infinity : segment.start) && word.start < end) };
  });
}

// A segment's words with what stands between them in its text: blanks, or nothing where a language has none.
export function spaced({ text, words = [] }: Segment): string[] {
  let from = 0;
  return words.map(({ word }, i) => {
    const bare = word.trim();
    const at = text.indexOf(bare, from);
    if (at < 0) return i === 0 ? bare : ` ${bare}`;
    const between = text.slice(from, at);
    from = at + bare.length;
    return `${i === 0 ? between.trimStart() : between}${bare}`;
  });
}

// The word that is said at a time: the last one that has begun, as long as it is not over for long.
const kAfter = 0.3; // seconds

export function wordAt(words: readonly Word[], time: number): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle]!.start <= time) low = middle + 1;
    else high = middle;
  }
  const word = words[low - 1];
  return word !== undefined && time < word.end + kAfter ? low - 1 : -1;
}

const kEndings = ['flac', 'mp3', 'mp4', 'mpeg', 'mpga', 'm4a', 'ogg', 'opus', 'wav', 'webm'];

export const isRecording = (name: string): boolean => kEndings.includes(name.split('.').at(-1)?.toLowerCase() ?? '');

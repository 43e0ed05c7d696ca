import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import type { Transcript } from '../../api/types';
import { Button, CopyButton } from '../../components/button';
import { useTexts } from '../../text';
import { formatClock, formatNumber } from '../../text/format';
import { saveFile } from '../save_file';
import { spaced, toSrt, toVtt, withWords, wordAt } from './subtitles';

interface TranscriptViewProps {
  transcript: Transcript;
  sound: string; // address of the recording
  name: string; // of its file
  done: boolean;
}

// The index of the word that is heard now, over all segments.
function useNow(player: { current: HTMLAudioElement | null }, words: ReturnType<typeof allWords>): number {
  const [now, setNow] = useState(-1);
  useEffect(() => {
    const audio = player.current;
    if (audio === null) return;
    let frame = 0;
    const look = (): void => {
      setNow(wordAt(words, audio.currentTime));
      if (!audio.paused) frame = requestAnimationFrame(look);
    };
    const names = ['play', 'pause', 'seeked'] as const;
    for (const event of names) audio.addEventListener(event, look);
    return () => {
      cancelAnimationFrame(frame);
      for (const event of names) audio.removeEventListener(event, look);
    };
  }, [words]);
  return now;
}

const allWords = (segments: ReturnType<typeof withWords>) => segments.flatMap((segment) => segment.words ?? []);

export function TranscriptView({ transcript, sound, name, done }: TranscriptViewProps) {
  const t = useTexts();
  const player = useRef<HTMLAudioElement>(null);
  const segments = useMemo(() => withWords(transcript), [transcript]);
  const words = useMemo(() => allWords(segments), [segments]);
  const now = useNow(player, words);
  const stem = name.replace(/\.[^.]*$/, '');
  const play = (seconds: number): void => {
    const audio = player.current;
    if (audio === null) return;
    audio.currentTime = seconds;
    void audio.play().catch(() => undefined);
  };
  let before = 0;
  return (
    <section class="transcript" aria-label={t.speech.transcript}>
      <audio ref={player} controls src={sound} aria-label={t.speech.player} />
      {done && transcript.duration !== undefined && (
        <p class="hint">{t.speech.meta(transcript.language || '–', `${formatNumber(transcript.duration, 1)} ${t.usage.seconds}`)}</p>
      )}
      {done && transcript.text.trim() === '' && <p>{t.speech.nothing}</p>}
      <ol class="segments">
        {segments.map((segment) => {
          const first = before;
          const list = segment.words ?? [];
          const shown = spaced(segment);
          before += list.length;
          return (
            <li key={segment.id}>
              <button type="button" class="stamp numbers" aria-label={t.speech.jump(formatClock(segment.start))} onClick={() => play(segment.start)}>{formatClock(segment.start)}</button>
              <p>
                {list.length === 0 ? segment.text : list.map((word, i) => (
                  <span key={i} class={first + i === now ? 'word now' : 'word'} onClick={() => play(word.start)}>{shown[i]}</span>
                ))}
              </p>
            </li>
          );
        })}
      </ol>
      {segments.length === 0 && transcript.text !== '' && <p>{transcript.text}</p>}
      {done && (
        <div class="row">
          <CopyButton text={transcript.text.trim()} bare={false} />
          <Button icon="download" label="srt" onClick={() => saveFile(`${stem}.srt`, toSrt(segments), 'application/x-subrip')} />
          <Button icon="download" label="vtt" onClick={() => saveFile(`${stem}.vtt`, toVtt(segments), 'text/vtt')} />
          <Button icon="download" label="json" onClick={() => saveFile(`${stem}.json`, JSON.stringify(transcript, null, 1), 'application/json')} />
        </div>
      )}
    </section>
  );
}

import { useEffect, useRef, useState } from 'preact/hooks';

interface Recorder {
  seconds: number | null; // null: nothing is recorded
  failed: boolean;
  start: () => void;
  stop: () => void;
}

const kTypes = [['audio/webm', 'webm'], ['audio/ogg', 'ogg'], ['audio/mp4', 'mp4']] as const;

// Records what the microphone hears, and hands it over as a file.
export function useRecorder(name: string, onFile: (file: File) => void): Recorder {
  const recorder = useRef<MediaRecorder | null>(null);
  const [seconds, setSeconds] = useState<number | null>(null);
  const [failed, setFailed] = useState(false);

  const start = async (): Promise<void> => {
    setFailed(false);
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const [type, ending] = kTypes.find(([each]) => MediaRecorder.isTypeSupported(each)) ?? kTypes[0];
      const pieces: Blob[] = [];
      const made = new MediaRecorder(stream, { mimeType: type });
      made.ondataavailable = (event) => pieces.push(event.data);
      made.onstop = () => {
        stream.getTracks().forEach((track) => track.stop());
        setSeconds(null);
        onFile(new File(pieces, `${name}.${ending}`, { type }));
      };
      recorder.current = made;
      made.start();
      setSeconds(0);
    } catch {
      setFailed(true);
    }
  };

  useEffect(() => {
    if (seconds === null) return;
    const timer = setTimeout(() => setSeconds((old) => (old === null ? null : old + 1)), 1000);
    return () => clearTimeout(timer);
  }, [seconds]);
  useEffect(() => () => recorder.current?.stream.getTracks().forEach((track) => track.stop()), []);

  return { seconds, failed, start: () => void start(), stop: () => recorder.current?.stop() };
}

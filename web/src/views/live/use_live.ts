import { useEffect, useState } from 'preact/hooks';

import { followLive, type Live } from '../../api/admin';
import { ApiFailure, isAbort } from '../../api/failure';
import { createStore, useStore } from '../../state/store';
import { remember } from './history';

// Outlives the view: who comes back finds the minutes that were seen.
const history = createStore<Live[]>([]);

const kFirstRetry = 1_000; // milliseconds
const kLastRetry = 15_000;

export interface Followed {
  history: Live[];
  lost: boolean; // the stream broke off, and is asked for again
  failure: ApiFailure | null; // what the server refuses
  again: () => void;
}

const refuses = (error: unknown): error is ApiFailure => error instanceof ApiFailure && error.status >= 400 && error.status < 498 && error.status !== 429;

export function useLive(): Followed {
  const [round, setRound] = useState(0);
  const [lost, setLost] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let delay = kFirstRetry;
    const take = (picture: Live): void => {
      delay = kFirstRetry;
      setLost(false);
      history.update((old) => remember(old, picture));
    };
    const follow = async (): Promise<void> => {
      try {
        await followLive(stop.signal, take);
      } catch (error) {
        if (stop.signal.aborted || isAbort(error)) return;
        if (refuses(error)) return setFailure(error);
      }
      if (stop.signal.aborted) return;
      setLost(true);
      timer = setTimeout(() => void follow(), delay);
      delay = Math.min(kLastRetry, 2 * delay);
    };
    setFailure(null);
    void follow();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [round]);
  return { history: useStore(history), lost, failure, again: () => setRound((old) => old + 1) };
}

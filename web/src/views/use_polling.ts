import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { ApiFailure } from '../api/failure';
import { Poller } from '../state/poller';
import type { Requested } from './use_request';

// What `ask` answers, kept up to date as long as `goesOn` says so. A failure does not take the last value away.
export function usePolling<T>(ask: (signal: AbortSignal) => Promise<T>, goesOn: (value: T) => boolean): Requested<T> {
  const [state, setState] = useState<{ value: T | null; failure: ApiFailure | null }>({ value: null, failure: null });
  const poller = useRef<Poller<T> | null>(null);
  const latest = useRef({ ask, goesOn });
  latest.current = { ask, goesOn };
  useEffect(() => {
    const own = new Poller<T>({
      ask: (signal) => latest.current.ask(signal),
      goesOn: (value) => latest.current.goesOn(value),
      onValue: (value) => setState({ value, failure: null }),
      onFailure: (error) => setState((old) => ({ ...old, failure: error instanceof ApiFailure ? error : new ApiFailure(0, {}) })),
    });
    poller.current = own;
    return () => own.stop();
  }, []);
  return { ...state, again: useCallback(() => poller.current?.now(), []) };
}

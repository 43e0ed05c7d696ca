import { useCallback, useEffect, useState } from 'preact/hooks';

import { ApiFailure } from '../api/failure';

export interface Requested<T> {
  value: T | null;
  failure: ApiFailure | null;
  again: () => void;
}

// What `ask` answers; asked when the view opens and whenever `key` changes. The last value stays until the next one.
export function useRequest<T>(ask: () => Promise<T>, key = ''): Requested<T> {
  const [state, setState] = useState<{ value: T | null; failure: ApiFailure | null }>({ value: null, failure: null });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let wanted = true;
    ask().then(
      (value) => { if (wanted) setState({ value, failure: null }); },
      (error: unknown) => { if (wanted) setState((old) => ({ ...old, failure: error instanceof ApiFailure ? error : new ApiFailure(0, {}) })); },
    );
    return () => { wanted = false; };
  }, [key, round]);
  return { ...state, again: useCallback(() => setRound((old) => old + 1), []) };
}

// What went wrong, and what to do about it.
import type { TurnError } from '../state/conversation';
import type { Problem } from '../state/settings';
import { formatNumber } from './format';
import type { Texts } from './index';

export function explainFailure(error: TurnError, t: Texts): string {
  const { status, message } = error;
  if (status === 0) return message || t.failures.unreachable;
  const advice = status === 403 ? t.failures.forbidden : status === 413 ? t.failures.tooLarge : status === 429 ? t.failures.tooMany
    : status === 498 || status === 503 ? t.failures.unavailable : '';
  return [message || t.failures.status(status), advice].filter(Boolean).join(' ');
}

export function explainProblem(problem: Problem, t: Texts): string {
  if (problem.kind === 'range') return t.problems.range(formatNumber(problem.min, 2), formatNumber(problem.max, 2));
  if (problem.kind === 'tooMany') return t.problems.tooMany(problem.most);
  return t.problems[problem.kind];
}

import type { ErrorBody } from './types';

// What went wrong with a request, for a person. Status 0: the server was not reached, or the connection broke.
export class ApiFailure extends Error {
  readonly status: number;
  readonly code: string | undefined;
  readonly param: string | undefined;
  readonly failedGeneration: string | undefined;

  constructor(status: number, body: Partial<ErrorBody>) {
    super(body.message ?? '');
    this.status = status;
    this.code = body.code;
    this.param = body.param;
    this.failedGeneration = body.failed_generation;
  }
}

export function failureOf(status: number, text: string): ApiFailure {
  try {
    const body = JSON.parse(text) as { error?: ErrorBody };
    if (body.error?.message) return new ApiFailure(body.error.status_code ?? status, body.error);
  } catch {
    // A proxy's page, or nothing: the status says more.
  }
  return new ApiFailure(status, {});
}

export const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

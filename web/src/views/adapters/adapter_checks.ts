// What is typed to make an adapter, and what is wrong with it; bounds are those of docs/openapi.yaml.

export const nameProblem = (name: string): 'badName' | undefined => (/^[A-Za-z0-9._-]{1,64}$/.test(name) ? undefined : 'badName');

export const adapterFileProblem = ({ name, size }: { name: string; size: number }): 'badFile' | 'emptyFile' | undefined =>
  !/\.(zip|gguf)$/i.test(name) ? 'badFile' : size === 0 ? 'emptyFile' : undefined;

// A name for what is in a file of this name.
export const nameFrom = (file: string): string => file.replace(/\.[^.]*$/, '').replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 64);

// Models that an adapter can be of: not those that are adapters themselves.
export const isBase = ({ id, kind }: { id: string; kind: string }): boolean => kind === 'text' && !id.startsWith('ft:');

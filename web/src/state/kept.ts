// Small values that the browser keeps. Where it keeps nothing (private windows, full disks) they live as long as the page.

export function readKept(name: string): string | null {
  try {
    return localStorage.getItem(`peregrine.${name}`);
  } catch {
    return null;
  }
}

export function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`peregrine.${name}`);
    else localStorage.setItem(`peregrine.${name}`, value);
  } catch {
    // Then it is not kept.
  }
}

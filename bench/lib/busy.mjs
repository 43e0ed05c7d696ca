// Processes that do nothing but keep a core busy each.
import { spawn } from 'node:child_process';

export function startBusy(count) {
  const children = Array.from({ length: count }, () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  const stop = () => children.forEach((child) => child.kill('SIGKILL'));
  process.on('exit', stop);
  return { stop };
}

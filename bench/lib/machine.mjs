// Which machine and which model a result belongs to.
import { statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export function describeMachine(model) {
  const cpus = os.cpus();
  return {
    date: new Date().toISOString(),
    cpu: `${cpus[0].model.trim()}, ${cpus.length} cores`,
    memory: `${(os.totalmem() / 2 ** 30).toFixed(1)} GiB`,
    system: `${os.type()} ${os.release().match(/^\d+\.\d+/)[0]} ${os.arch()}`,
    model: `${path.basename(model)}, ${statSync(model).size} bytes`,
  };
}

import { useId, useState } from 'preact/hooks';

import { createKey, limitNames, scopeNames, type Key, type ScopeName } from '../../api/admin';
import { ApiFailure } from '../../api/failure';
import { Button } from '../../components/button';
import { AreaField, CheckField, TextField } from '../../components/field';
import { Notice } from '../../components/notice';
import { useTexts, type Texts } from '../../text';
import { explainFailure } from '../../text/explain';
import { formatNumber } from '../../text/format';
import { checkKey, emptyKey, fieldOf, kMaxLimit, orderOf, type KeyField, type KeyFields, type KeyProblem } from './key_checks';

function explain(problem: KeyProblem, t: Texts): string {
  switch (problem.kind) {
    case 'badModel': return t.keys.badModel(problem.name);
    case 'date': return t.problems.date;
    case 'notInteger': return t.problems.notInteger;
    case 'range': return t.problems.range('0', formatNumber(kMaxLimit));
    default: return t.keys[problem.kind];
  }
}

interface ScopeProps {
  fields: KeyFields;
  change: (next: Partial<KeyFields>) => void;
  problem: string | undefined;
}

function Scope({ fields, change, problem }: ScopeProps) {
  const t = useTexts();
  const id = useId();
  const toggle = (name: ScopeName, on: boolean): void => change({ parts: on ? [...fields.parts, name] : fields.parts.filter((part) => part !== name) });
  return (
    <fieldset class="choices" aria-describedby={problem ? id : undefined}>
      <legend>{t.keys.scope}</legend>
      <CheckField label={t.keys.all} checked={fields.all} onChange={(all) => change({ all })} />
      {!fields.all && <div class="choice-grid">{scopeNames.map((name) => <CheckField key={name} label={t.keys.scopes[name]} checked={fields.parts.includes(name)} onChange={(on) => toggle(name, on)} />)}</div>}
      <CheckField label={t.keys.admin} checked={fields.admin} onChange={(admin) => change({ admin })} />
      {problem && <p class="problem" role="alert" id={id}>{problem}</p>}
    </fieldset>
  );
}

interface KeyFormProps {
  first: boolean; // there are no keys yet
  onMade: (key: Key & { secret: string }) => void;
}

export function KeyForm({ first, onMade }: KeyFormProps) {
  const t = useTexts();
  const [fields, setFields] = useState<KeyFields>(() => emptyKey(first));
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const problems = checkKey(fields, first);
  const refused = fieldOf(failure);
  const problem = (field: KeyField): string | undefined => {
    if (refused === field) return failure?.message;
    const found = problems[field];
    return tried && found !== undefined ? explain(found, t) : undefined;
  };
  const change = (next: Partial<KeyFields>): void => {
    setFields({ ...fields, ...next });
    setFailure(null);
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    createKey(orderOf(fields)).then(
      (made) => {
        setFields(emptyKey(false));
        setTried(false);
        onMade(made);
      },
      (error: unknown) => setFailure(error instanceof ApiFailure ? error : new ApiFailure(0, {})),
    );
  };
  return (
    <form class="panel" onSubmit={submit} noValidate aria-labelledby="key-form-title">
      <h2 id="key-form-title">{t.keys.make}</h2>
      {first && <p class="hint">{t.keys.first}</p>}
      <div class="panel-fields">
        <TextField label={t.keys.name} hint={t.keys.nameHint} value={fields.name} problem={problem('name')} onInput={(name) => change({ name })} />
        <TextField label={t.keys.organisation} hint={t.keys.organisationHint} value={fields.organisation} problem={problem('organisation')} onInput={(organisation) => change({ organisation })} />
        <TextField label={t.keys.expires} type="date" hint={t.keys.expiresHint} value={fields.expires} problem={problem('expires_at')} onInput={(expires) => change({ expires })} />
      </div>
      <div class="panel-fields">
        <Scope fields={fields} change={change} problem={problem('scopes')} />
        <AreaField label={t.keys.models} hint={t.keys.modelsHint} rows={4} code value={fields.models} problem={problem('models')} onInput={(models) => change({ models })} />
      </div>
      <fieldset class="choices">
        <legend>{t.keys.limits}</legend>
        <p class="hint">{t.keys.limitsHint}</p>
        <div class="limit-grid">
          {limitNames.map((name) => (
            <TextField key={name} label={t.keys.limitNames[name]} numeric value={fields.limits[name]} problem={problem(name)} onInput={(value) => change({ limits: { ...fields.limits, [name]: value } })} />
          ))}
        </div>
      </fieldset>
      {failure !== null && refused === null && <Notice>{explainFailure(failure, t)}</Notice>}
      <div class="row"><Button submit primary icon="plus" label={t.keys.create} /></div>
    </form>
  );
}

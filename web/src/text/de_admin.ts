// Was die Ansichten der Verwaltung sagen, auf Deutsch.
import type { AdminTexts } from './en_admin';

export const adminDe: AdminTexts = {
  admin: {
    how: 'Wer den Server betreibt, kann mit „peregrine keys create --scope admin“ einen anlegen.', otherKey: 'Anderer Schlüssel',
  },
  manage: {
    only: 'Laden, Entladen und Holen von Modellen ist Schlüsseln mit dem Umfang admin vorbehalten. Was da ist, steht trotzdem hier.',
    states: { on_disk: 'Auf der Platte', loading: 'Lädt', ready: 'Bereit', unloading: 'Wird entladen', failed: 'Gescheitert' },
    load: 'Laden', unload: 'Entladen', size: 'Datei', memory: 'Speicher', inUse: (count) => `${count} in Arbeit`, waiting: (count) => `${count} warten`,
    named: 'Beim Start des Servers genannt', removeAsk: (name) => `Die Dateien von ${name} von der Platte löschen?`,
    budget: 'Speicher', budgetOf: (used, limit) => `${used} von ${limit} vergeben`, weights: 'Gewichte', kvCache: 'KV-Cache', scratch: 'Arbeitsspeicher', caches: 'Adapter und Caches', free: 'Frei',
    unfinished: 'Unfertige Downloads', unfinishedHint: 'Noch einmal holen setzt fort, wo es aufhörte.', unfinishedOf: (done, total) => `${done} von ${total}`, discard: (file) => `${file} verwerfen`, discardAsk: (file) => `Was von ${file} schon da ist, wegwerfen?`,
    pull: 'Modell holen', source: 'Name oder Adresse', sourceHint: 'Ein Name aus dem Katalog, hf:ORG/REPO oder hf:ORG/REPO:DATEI, oder die Adresse einer Datei.', noSource: 'Welches Modell?', digest: 'SHA-256', digestHint: 'Einer Datei mit Adresse; darf leer bleiben.', badDigest: 'Das sind nicht 64 hexadezimale Ziffern.', order: 'Holen',
    off: 'Dieser Server holt nichts. Mit „--allow-pulls“ oder pulls.allow in der Konfiguration holt er Modelle von hier aus; „peregrine pull“ tut es neben ihm.',
    pulls: 'Geholt', pullStates: { queued: 'Wartet', running: 'Läuft', done: 'Da', failed: 'Gescheitert', cancelled: 'Abgebrochen' },
    stages: { asking: 'Fragt, was es gibt', waiting: 'Wartet auf den nächsten Versuch', downloading: 'Lädt herunter', checking: 'Prüft' },
    progress: (done, total) => `${done} von ${total}`, rate: (rate, left) => `${rate}/s, noch ${left}`, file: (at, of) => `Datei ${at} von ${of}`,
    cancelPull: (name) => `${name} abbrechen`, again: 'Noch einmal holen',
  },
  keys: {
    title: 'Schlüssel', hint: 'Wer diesen Server wofür und wie viel benutzen darf.', only: 'Schlüssel verwaltet, wer einen mit dem Umfang admin hat.',
    none: 'Es gibt keine Schlüssel: Wer auf diesem Rechner ist, darf alles.', first: 'Der erste Schlüssel muss einer für die Verwaltung sein. Von da an braucht jede Anfrage einen Schlüssel, auch die dieser Seite.',
    make: 'Neuer Schlüssel', name: 'Name', nameHint: 'Zum Wiedererkennen.', organisation: 'Organisation', organisationHint: 'Ihre Schlüssel teilen Grenzen und Dateien.', badName: '1 bis 64 einfache Zeichen.', badOrganisation: '1 bis 64 Buchstaben, Ziffern, _, - oder .',
    scope: 'Was er öffnet', all: 'Alles außer der Verwaltung', admin: 'Verwaltung: Modelle, Schlüssel, Verbrauch, Live-Ansicht', noScope: 'Mindestens einen Teil wählen.', needsAdmin: 'Der erste Schlüssel braucht die Verwaltung.',
    scopes: { chat: 'Chat', responses: 'Responses', embeddings: 'Embeddings', reranking: 'Reranking', audio: 'Ton', models: 'Modelle ändern', files: 'Dateien', batches: 'Stapel', fine_tunings: 'Fine-Tunings', all: 'Alles', admin: 'Verwaltung' },
    models: 'Modelle', modelsHint: 'Eines je Zeile; llama-* heißt alle, die so beginnen. Leer: alle Modelle.', badModel: (name) => `„${name}“ ist kein Modellname.`,
    limits: 'Grenzen', limitsHint: 'Leer: was der Server sagt. 0: ausdrücklich keine.', limitNames: { requests_per_minute: 'Anfragen pro Minute', requests_per_day: 'Anfragen pro Tag', tokens_per_minute: 'Tokens pro Minute', tokens_per_day: 'Tokens pro Tag', audio_seconds_per_hour: 'Sekunden Ton pro Stunde', audio_seconds_per_day: 'Sekunden Ton pro Tag' },
    expires: 'Bis', expiresHint: 'Nutzlos vom Beginn dieses Tages an (UTC). Leer: für immer.', past: 'Dieser Tag hat schon begonnen.', create: 'Schlüssel anlegen',
    issued: 'Der neue Schlüssel', once: 'Er wird nur dieses eine Mal gezeigt; behalten wird nur seine Prüfsumme. Jetzt kopieren.', copyKey: 'Schlüssel kopieren', useHere: 'Auf dieser Seite benutzen', done: 'Ich habe ihn',
    key: 'Schlüssel', opens: 'Öffnet', made: 'Angelegt', until: 'Bis', state: 'Stand', never: 'für immer', states: { valid: 'Gültig', expired: 'Abgelaufen', revoked: 'Widerrufen' }, allModels: 'alle Modelle', configured: 'in der Konfigurationsdatei',
    revoke: (name) => `${name} widerrufen`, revokeAsk: (name) => `Den Schlüssel ${name} widerrufen? Wer ihn benutzt, ist sofort und für immer ausgesperrt.`, showAll: 'Auch Schlüssel zeigen, die nichts mehr öffnen',
  },
  live: {
    title: 'Live-Ansicht', hint: 'Was der Server gerade tut, jede Sekunde.', only: 'Was der Server tut, sehen Schlüssel mit dem Umfang admin.',
    lost: 'Die Verbindung zum Server ist abgerissen. Neuer Versuch läuft.', waiting: 'Wartet auf das erste Bild.',
    prompt: 'Prompt-Tokens/s', generated: 'Erzeugte Tokens/s', running: 'Laufende Anfragen', queued: 'Wartend', memory: 'Speicher', kv: 'KV-Cache belegt',
    tokens: 'Tokens pro Sekunde', requests: 'Anfragen', kvChart: 'KV-Cache belegt, nach Modell', picture: (title) => `Diagramm: ${title}, in den letzten fünf Minuten.`, now: 'jetzt',
    models: 'Modelle im Speicher', noModels: 'Es ist kein Modell im Speicher.', model: 'Modell', state: 'Stand', inUse: 'In Arbeit', kvOf: (used, total) => `${used} von ${total} Blöcken`,
    list: 'Laufende Anfragen', noRequests: 'Es läuft nichts.', request: 'Anfrage', endpoint: 'Endpunkt', tier: 'Stufe', key: 'Schlüssel', noKey: 'keiner', age: 'Seit', read: 'Prompt', written: 'Geschrieben',
  },
};

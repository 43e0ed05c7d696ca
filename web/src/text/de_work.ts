// Was die Ansichten für die Arbeit sagen, auf Deutsch.
import type { WorkTexts } from './en_work';

export const workDe: WorkTexts = {
  batches: {
    title: 'Stapel', hint: 'Eine Datei von Anfragen, die beantwortet werden, wenn der Server Zeit hat.',
    make: 'Neuer Stapel', input: 'Eingabedatei', pick: 'Datei wählen', noInput: 'Bitte eine Datei mit Anfragen wählen oder eine hochladen.', upload: 'Oder eine hochladen', uploadHint: 'Eine .jsonl-Datei: Jede Zeile hat custom_id, method, url und body.',
    endpoint: 'Endpunkt', endpointHint: 'Was die meisten Zeilen fragen; jede nennt ihren eigenen.', window: 'Zeitfenster', windowHint: '24h bis 7d, in Stunden (h) oder Tagen (d).', badWindow: 'Bitte Stunden oder Tage von 24h bis 7d, etwa 48h oder 3d.',
    metadata: 'Notizen', metadataHint: 'Eigene Angaben: {"projekt": "a"}. Darf leer bleiben.',
    badMetadata: {
      notJson: 'Das ist kein JSON.', notObject: 'Hier gehört ein JSON-Objekt hin: {…}.', notTexts: 'Jeder Wert muss ein Text sein: {"name": "Text"}.',
      tooManyKeys: 'Höchstens 16 Namen.', longKey: 'Ein Name hat höchstens 64 Bytes.', longValue: 'Ein Wert hat höchstens 512 Bytes.',
    },
    start: 'Stapel starten', none: 'Noch keine Stapel.', noneHint: 'Oben einen beauftragen; hier laufen dann seine Zahlen mit.', older: 'Ältere zeigen',
    states: { validating: 'Die Datei wird gelesen', in_progress: 'Läuft', finalizing: 'Wird abgeschlossen', completed: 'Fertig', failed: 'Gescheitert', expired: 'Abgelaufen', cancelling: 'Wird abgebrochen', cancelled: 'Abgebrochen' },
    counts: (done, total, failed) => `${done} von ${total} Zeilen beantwortet, ${failed} gescheitert`,
    reading: 'Die Datei wird gelesen', made: 'Beauftragt', until: 'Läuft bis', ended: 'Zu Ende',
    cancel: 'Stapel abbrechen', cancelAsk: (name) => `Den Stapel von ${name} abbrechen? Was beantwortet ist, bleibt.`, output: 'Antworten herunterladen', errors: 'Fehler herunterladen',
    noBatch: 'Der Server hat nichts aus dieser Datei gefragt. Bitte diese Zeilen berichtigen und einen neuen Stapel beauftragen.', someLines: 'Diese Zeilen sind nicht zu fragen; die anderen werden gefragt.', faults: 'Was an der Datei nicht stimmt',
    why: (count) => (count === 1 ? 'Warum 1 Zeile scheiterte' : `Warum ${count} Zeilen scheiterten`), moreLines: 'Das sind die ersten hundert; in der Fehlerdatei stehen alle.',
    line: 'Zeile', wrong: 'Was nicht ging', todo: 'Was zu tun ist',
    advice: {
      expired: 'Das Zeitfenster war vorbei. Diese Zeilen mit einem längeren Fenster neu beauftragen.',
      cancelled: 'Der Stapel wurde vorher abgebrochen. Diese Zeilen neu beauftragen.',
      model: 'Ein Modell nennen, das dieser Server hat; die Ansicht Modelle zeigt sie.',
      body: 'Den body dieser Zeile berichtigen und sie neu beauftragen.',
      forbidden: 'Mit einem Schlüssel beauftragen, der diesen Endpunkt und dieses Modell benutzen darf.',
      tooLarge: 'Diese Anfrage kleiner machen.',
      busy: 'Der Server blieb beschäftigt. Diese Zeilen später noch einmal beauftragen.',
      server: 'Hier ist der Server gescheitert. Die Zeile neu beauftragen; scheitert sie wieder, hilft das Protokoll des Servers.',
      line_too_long: 'Eine Zeile hat höchstens 8 MiB: die Anfrage kleiner machen.', too_many_lines: 'Die Datei teilen: Ein Stapel hat höchstens 50.000 Zeilen.',
      duplicate_custom_id: 'Dieser Zeile eine eigene custom_id geben.', empty_file: 'Mindestens eine Anfrage in die Datei schreiben.',
      invalid_json: 'Ein ganzes JSON-Objekt auf diese Zeile schreiben.', invalid_line: 'Der Zeile custom_id, method, url und body geben, und sonst nichts.',
      invalid_method: '"POST" schreiben.', invalid_body: 'Diese Angabe aus dem body nehmen.',
    },
  },
  adapters: {
    title: 'Adapter', hint: 'Ein LoRA-Adapter verändert ein Modell, ohne es zu kopieren.',
    make: 'Neuer Adapter', file: 'Datei', fileHint: 'Ein ZIP-Archiv, wie PEFTs save_pretrained es schreibt, oder ein GGUF-Adapter.', noFile: 'Bitte eine Datei wählen: .zip oder .gguf.',
    badFile: 'Der Name einer Adapterdatei endet auf .zip oder .gguf.', emptyFile: 'Diese Datei ist leer.', base: 'Grundmodell', baseHint: 'Das Modell, für das der Adapter trainiert wurde.', noBase: 'Es gibt kein Modell, zu dem ein Adapter gehören könnte. „peregrine pull“ holt eines.',
    name: 'Name', nameHint: 'Wird ein Teil der Modellkennung.', badName: '1 bis 64 Buchstaben, Ziffern, ., _ oder -.',
    fix: 'Bitte für genau dieses Grundmodell exportieren, mit Rang 8, 16, 32 oder 64 (in GGUF bis 256) und nichts als LoRA-Paaren.',
    start: 'Adapter anlegen', checking: 'Wird am Grundmodell geprüft', none: 'Noch keine Adapter.', noneHint: 'Oben einen hochladen; er wird ein Modell mit eigener Kennung.',
    made: 'Angelegt', use: 'Ausprobieren', removeAsk: (name) => `Den Adapter ${name} löschen? Sein Modell geht mit.`,
  },
  editor: { place: (line, column) => `Zeile ${line}, Spalte ${column}.` },
  charts: {
    table: 'Als Tabelle', total: 'Zusammen', others: 'Alle anderen', picture: (title) => `Diagramm: ${title}. Die Werte stehen in der Tabelle darunter.`,
    sum: (value) => `${value} an all diesen Tagen`, onDay: (day, value) => `${day}: ${value}`, split: 'Geteilt nach', splits: { key: 'Schlüssel', model: 'Modell', none: 'Nichts' },
  },
};

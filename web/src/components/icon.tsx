// Line drawings on a grid of 24, in the colour of the text around them.
const kPaths = {
  chat: 'M4 5h16v11H10l-5 4v-4H4z',
  speech: 'M12 4a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3zM6 11v1a6 6 0 0 0 12 0v-1M12 18v3',
  files: 'M6 3h8l4 4v14H6zM14 3v4h4M9 13h6M9 17h6',
  models: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9',
  batches: 'M8 4h12v12H8zM16 20H4V8M11 8h6M11 12h6',
  adapters: 'M4 14l8 4 8-4M4 10l8 4 8-4-8-4zM12 2v4',
  keys: 'M14.5 4a5.5 5.5 0 1 1-5.2 7.3L4 16.6V20h4v-3h3v-3l1.6-1.6M15.5 8.5v.1',
  live: 'M3 12h4l3-8 4 16 3-8h4',
  usage: 'M4 20h16M7 20v-7M12 20V6M17 20v-10',
  settings: 'M4 7h9M19 7h1M4 17h3M13 17h7M16 4.5v5M10 14.5v5',
  help: 'M9 9a3 3 0 1 1 4 2.8c-.8.4-1 .9-1 2.2M12 17.5v.5',
  plus: 'M12 5v14M5 12h14',
  send: 'M5 12h13M12 6l6 6-6 6',
  stop: 'M7 7h10v10H7z',
  close: 'M6 6l12 12M18 6L6 18',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  check: 'M5 13l4 4 10-11',
  edit: 'M5 19l1-4L16 5l3 3L9 18zM14 7l3 3',
  again: 'M19 12a7 7 0 1 1-2-5l2 2M19 4v5h-5',
  left: 'M14 6l-6 6 6 6',
  right: 'M10 6l6 6-6 6',
  down: 'M6 10l6 6 6-6',
  list: 'M4 6h16M4 12h16M4 18h10',
  code: 'M8 7l-5 5 5 5M16 7l5 5-5 5',
  remove: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  upload: 'M12 16V5M7 9l5-5 5 5M5 20h14',
  warning: 'M12 4l9 16H3zM12 10v4M12 17v.5',
  record: 'M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10z',
  function: 'M14 5c-3 0-3 2-3.5 5L9 17c-.4 2-1 3-3 3M7 11h7M14 14l5 5M19 14l-5 5',
  go: 'M6 5l6 7-6 7M13 5l6 7-6 7',
} as const;

export type IconName = keyof typeof kPaths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={kPaths[name]} />
    </svg>
  );
}

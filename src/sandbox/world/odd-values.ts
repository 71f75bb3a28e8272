const LONG_TEXT = 'A very long search that somebody pasted by mistake. '.repeat(80).trim();

/** Search texts: ordinary ones, and every kind that breaks a careless CSV, shell or spreadsheet. */
export const SEARCH_TEXTS: readonly string[] = [
  'yoga',
  'meditation',
  'sleep sounds',
  'running plan',
  'weekly goals',
  'recipes',
  'focus timer',
  'breathing',
  'red, green, blue',
  'say "hello"',
  'line one\nline two',
  'carriage\r\nreturn',
  '🙂 happy 👩‍👩‍👧',
  '中文搜索',
  '=1+2',
  '=HYPERLINK("https://example.com","click")',
  '+SUM(A1:A9)',
  '@cmd',
  '-2+3',
  "it's; a\ttab | pipe",
  '',
  ' spaces around ',
  'null',
  '00123',
  '1e5',
  'naïve café',
  '%20%2C',
  '<script>alert(1)</script>',
  'back\\slash',
  LONG_TEXT,
];

/** First names, with the ones that forms and files mistreat. */
export const FIRST_NAMES: readonly string[] = [
  'Alice',
  'Bob',
  'Cleo',
  'Dmitri',
  'Emma',
  'Fatima',
  'Göran',
  'Hiroshi',
  'Inès',
  'José',
  'Kim',
  '小明',
  'Zoë',
  'Null',
  'Ana "Nan"',
  '😀',
];

/** Last names, with the ones that forms and files mistreat. */
export const LAST_NAMES: readonly string[] = [
  'Stone',
  'Diaz',
  "O'Brien",
  'Müller',
  'Smith, Jr.',
  'Ivanova',
  'van der Berg',
  '王',
  'Tanaka',
  '=Cell',
  'Þórsdóttir',
  '',
];

/** Screens of the app: path and title. */
export const SCREENS: readonly (readonly [path: string, title: string])[] = [
  ['/', 'Home'],
  ['/discover', 'Discover'],
  ['/discover?sort=new,top', 'Discover, sorted'],
  ['/programs', 'Programs'],
  ['/programs/7-day-start', 'The "7 day" start'],
  ['/player', 'Player'],
  ['/progress', 'Progress'],
  ['/profile', 'Profile'],
  ['/settings', 'Settings'],
  ['/search', 'Search'],
  ['/帮助', '帮助'],
  ['', ''],
];

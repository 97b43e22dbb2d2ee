/** Playwright tells no body of a request over WebDriver BiDi, and sends none when it repeats one. */
const BODIES = 'Playwright does not see what a request has in its body in a stock Firefox';
/** Of the media that a test can ask for, it passes on the scheme of colours alone. */
const MEDIA = 'Playwright cannot ask a stock Firefox for reduced motion, forced colours, more contrast or print';
/** Of Chromium alone. */
const DEVTOOLS = 'it asks the browser by the protocol of the developer tools of Chromium';

/** The tests that a stock Firefox behind the bridge does not run, by file and the beginning of the title, with what it lacks for them. */
export const NOT_IN_FIREFOX: readonly [file: string, title: string, reason: string][] = [
  ['add-message', 'the preview shows the request while it is written, and it is the one that is sent', BODIES],
  ['add-message', 'after a lost answer the dialog claims nothing, sends nothing twice, and checks when asked', BODIES],
  ['leases', 'an edit saves the new text and keeps the lease, and raises no dequeue count', BODIES],
  [
    'service',
    'CORS rules are changed with a warning before they lock this page out, and other settings survive',
    BODIES,
  ],
  ['keyboard', 'with reduced motion nothing is animated', MEDIA],
  ['keys', 'forced colours keep the open row readable and its lease visible', MEDIA],
  ['contrast', '', MEDIA],
  ['print', '', MEDIA],
  ['lab', 'free play in small windows and in the colours of the system', MEDIA],
  ['installed', 'a browser installs the page, and finds nothing to object to', DEVTOOLS],
  ['touch', '', 'Playwright cannot give a stock Firefox a touch screen'],
  ['lab', 'every lesson comes to its end with a clicker alone, with the events as a list', MEDIA],
  [
    'design',
    'every screen is accessible, fits and obeys the content policy',
    'on one of its screens Playwright loses the page of a stock Firefox while it reads the accessibility tree',
  ],
  ['profile', '', 'they look into the files of a profile of Chromium'],
  [
    'hosting',
    'the page works under a sub-path of a static host, with the policy that it contains',
    'what a policy refuses is no message of the console over WebDriver BiDi',
  ],
];

/** Why a test is left out in a browser; undefined when it is not. @param file path of the spec */
export const leftOut = (browser: string, file: string, title: string): string | undefined =>
  browser === 'firefox'
    ? NOT_IN_FIREFOX.find(([name, of]) => file.endsWith(`/${name}.spec.ts`) && title.startsWith(of))?.[2]
    : undefined;

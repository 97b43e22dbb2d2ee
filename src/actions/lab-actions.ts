import { actionsOn, type Subject } from './action';

/** What is done in the lab; the scene that is open does it. */
export type LabScene = Subject & {
  isPlaying: boolean;
  /** A question is open: only its answers act. */
  isAsking: boolean;
  /** Options of the open question. */
  options: number;
  /** The person is the one who receives. */
  isAlone: boolean;
  isPresenting: boolean;
  play: () => void;
  step: (by: 1 | -1) => void;
  scrub: (ms: number) => void;
  toStart: () => void;
  toEnd: () => void;
  setSpeed: (speed: 1 | 4 | 60 | 'most') => void;
  act: (
    what: 'send' | 'burst' | 'receive' | 'peek' | 'delete' | 'extend' | 'addWorker' | 'removeWorker' | 'crash',
  ) => void;
  answer: (option: number) => void;
  toggle: (what: 'consumer' | 'list' | 'present') => void;
  next: (by: 1 | -1) => void;
  /** What Enter does: it answers with what is chosen, or goes on. */
  goOn: () => void;
  restart: () => void;
  /** Asks what the run does next; only in free play. */
  predict?: () => void;
};

/** Messages of a burst. */
export const BURST = 50;

const SECOND_MS = 1000;
const isFree = ({ isAsking }: LabScene) => !isAsking;
const isHandy = ({ isAsking, isAlone }: LabScene) => !isAsking && isAlone;
const has =
  (option: number) =>
  ({ isAsking, options }: LabScene) =>
    isAsking && option < options;

/** Keys of the lab; those of the explorer do not act there. */
export const labActions = actionsOn<LabScene>()('lab', 'Lab', {
  play: {
    label: ({ isPlaying }) => (isPlaying ? 'Pause' : 'Play'),
    keys: ['Space'],
    isEnabled: isFree,
    run: ({ play }) => play(),
  },
  step: { label: 'To the next event', keys: ['.'], isEnabled: isFree, run: ({ step }) => step(1) },
  back: { label: 'To the event before', keys: [','], isEnabled: isFree, run: ({ step }) => step(-1) },
  forward: { label: 'On by 1 second', keys: ['ArrowRight'], isEnabled: isFree, run: ({ scrub }) => scrub(SECOND_MS) },
  rewind: { label: 'Back by 1 second', keys: ['ArrowLeft'], isEnabled: isFree, run: ({ scrub }) => scrub(-SECOND_MS) },
  farForward: {
    label: 'On by 10 seconds',
    keys: ['Shift+ArrowRight'],
    isEnabled: isFree,
    run: ({ scrub }) => scrub(10 * SECOND_MS),
  },
  farRewind: {
    label: 'Back by 10 seconds',
    keys: ['Shift+ArrowLeft'],
    isEnabled: isFree,
    run: ({ scrub }) => scrub(-10 * SECOND_MS),
  },
  toStart: { label: 'To the start', keys: ['Home'], isEnabled: isFree, run: ({ toStart }) => toStart() },
  toEnd: { label: 'To the end of what is known', keys: ['End'], isEnabled: isFree, run: ({ toEnd }) => toEnd() },
  speed1: { label: 'Speed 1×', keys: ['1'], isEnabled: isFree, run: ({ setSpeed }) => setSpeed(1) },
  speed4: { label: 'Speed 4×', keys: ['4'], isEnabled: isFree, run: ({ setSpeed }) => setSpeed(4) },
  speed60: { label: 'Speed 60×', keys: ['6'], isEnabled: isFree, run: ({ setSpeed }) => setSpeed(60) },
  speedMost: { label: 'As fast as it goes', keys: ['0'], isEnabled: isFree, run: ({ setSpeed }) => setSpeed('most') },
  send: { label: 'Send one', keys: ['n'], isEnabled: isFree, run: ({ act }) => act('send') },
  burst: {
    label: `Send a burst of ${BURST}`,
    keys: ['b'],
    isEnabled: ({ isAsking }) => !isAsking,
    run: ({ act }) => act('burst'),
  },
  receive: {
    label: 'Receive a message',
    // In Present, R restarts the step.
    keys: ['r'],
    isEnabled: (on) => isHandy(on) && !on.isPresenting,
    run: ({ act }) => act('receive'),
  },
  peek: { label: 'Peek the queue', keys: ['k'], isEnabled: isFree, run: ({ act }) => act('peek') },
  delete: {
    label: 'Delete the message in hand',
    keys: ['d'],
    isEnabled: (on) => isHandy(on) && !on.options,
    run: ({ act }) => act('delete'),
  },
  extend: { label: 'Extend the lease in hand', keys: ['x'], isEnabled: isHandy, run: ({ act }) => act('extend') },
  addWorker: { label: 'Add a worker', keys: ['w'], isEnabled: isFree, run: ({ act }) => act('addWorker') },
  removeWorker: {
    label: 'Remove a worker',
    keys: ['Shift+W'],
    isEnabled: isFree,
    run: ({ act }) => act('removeWorker'),
  },
  crash: {
    label: 'Crash the worker that is at work',
    keys: ['c'],
    isEnabled: (on) => isFree(on) && !on.options,
    run: ({ act }) => act('crash'),
  },
  answerA: { label: 'Answer A', keys: ['a'], isEnabled: has(0), run: ({ answer }) => answer(0) },
  answerB: { label: 'Answer B', keys: ['b'], isEnabled: has(1), run: ({ answer }) => answer(1) },
  answerC: { label: 'Answer C', keys: ['c'], isEnabled: has(2), run: ({ answer }) => answer(2) },
  answerD: { label: 'Answer D', keys: ['d'], isEnabled: has(3), run: ({ answer }) => answer(3) },
  predict: {
    label: 'Predict what the run does next',
    keys: ['q'],
    isOffered: ({ predict }) => predict !== undefined,
    isEnabled: isFree,
    run: ({ predict }) => predict?.(),
  },
  consumer: { label: 'As a consumer sees it', keys: ['v'], run: ({ toggle }) => toggle('consumer') },
  list: { label: 'Events as a list', keys: ['l'], run: ({ toggle }) => toggle('list') },
  present: { label: 'Present', keys: ['p'], run: ({ toggle }) => toggle('present') },
  goOn: { label: 'Run and see, or continue', keys: ['Enter'], run: ({ goOn }) => goOn() },
  next: { label: 'Next', keys: ['PageDown'], run: ({ next }) => next(1) },
  previous: { label: 'Previous', keys: ['PageUp'], run: ({ next }) => next(-1) },
  restart: {
    label: 'Restart',
    keys: ['r'],
    isEnabled: ({ isPresenting }) => isPresenting,
    run: ({ restart }) => restart(),
  },
  leave: {
    label: 'End presenting',
    keys: ['Escape'],
    isEnabled: ({ isPresenting }) => isPresenting,
    run: ({ toggle }) => toggle('present'),
  },
});

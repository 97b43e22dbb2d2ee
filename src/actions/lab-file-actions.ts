import { actionsOn, type Subject } from './action';

/** Files of runs; `save` where a run is open in the lab. */
type RunFiles = Subject & { save?: () => void; open: () => void };

export const labFileActions = actionsOn<RunFiles>()('labFile', 'Lab', {
  save: {
    label: 'Save run',
    title: 'Save the run as a file',
    isOffered: ({ save }) => save !== undefined,
    run: ({ save }) => save?.(),
  },
  open: { label: 'Open run', title: 'Open a run that was saved', keys: ['o'], run: ({ open }) => open() },
});

import type { DiagnosisStep } from '@/azure/diagnosis/diagnose';
import { CheckRow, type CheckState } from './check-row';

/** The steps of a diagnosis as rows of a description list: each as it runs, and with what it found. */
export const DiagnosisRows = ({ steps }: { steps: readonly DiagnosisStep[] }) =>
  steps.map(({ step, state, detail }) => (
    <CheckRow key={step} name={names[step]} state={states[state]}>
      {detail}
    </CheckRow>
  ));

const names: Record<DiagnosisStep['step'], string> = {
  page: 'This page',
  network: 'Device',
  host: 'Network',
  browserAccess: 'Browser access',
  requests: 'Requests',
  replies: 'Replies',
  credential: 'Credential',
  relay: 'Relay',
};

const states: Record<DiagnosisStep['state'], CheckState> = {
  running: 'running',
  ok: 'ok',
  failed: 'attention',
  unknown: 'attention',
};

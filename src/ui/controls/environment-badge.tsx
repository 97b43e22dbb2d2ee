import { Badge, type Tone } from './badge';

type EnvironmentBadgeProps = {
  /** Undefined draws nothing: most connections have none. */
  environment: { label: string; tone: Tone; spoken: string } | undefined;
  className?: string | undefined;
};

/** PROD, beside every name of a production account. */
export const EnvironmentBadge = ({ environment, className }: EnvironmentBadgeProps) =>
  environment && (
    <Badge tone={environment.tone} title={environment.spoken} className={className}>
      {environment.label}
    </Badge>
  );

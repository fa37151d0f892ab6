export { loadConfig, type DeepReadonly, type Environment } from './load-config';
export { ConfigError, type ConfigProblem } from './config-error';
export { Secret } from './secret';
export { CrossCheck } from './cross-check';
export type { SettingsClass } from './variable-bindings';
export {
  ChoiceVariable, DurationVariable, FlagVariable, Group, IntegerVariable, ListVariable, PortVariable, SecretFileVariable,
  SecretVariable, TextVariable, UrlVariable, type VariableOptions,
} from './variables';
export type { DurationVariableName } from './variable-forms';
export { HttpSettings } from './settings/http-settings';
export { MongoSettings } from './settings/mongo-settings';
export { KafkaSettings } from './settings/kafka-settings';
export { AuthSettings, type AuthMode } from './settings/auth-settings';
export { LogSettings, type LogLevel } from './settings/log-settings';
export { TraceSettings } from './settings/trace-settings';
export { FactSettings } from './settings/fact-settings';

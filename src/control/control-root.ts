/** First path segment of the control plane; no service can have it. */
export const CONTROL_ROOT = '__admin';

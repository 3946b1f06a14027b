export function buildWhenStale(files?: readonly string[]): Promise<void>;

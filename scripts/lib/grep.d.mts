export function pattern(text: string): RegExp;

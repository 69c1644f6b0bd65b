export * from './chat.ts'
export * from './console.ts'

/** What a chat uses of the sign-in's own cryptography: two functions, of packages that have dozens of files. */
export { createOTP } from '@better-auth/utils/otp'
export { symmetricDecrypt } from 'better-auth/crypto'

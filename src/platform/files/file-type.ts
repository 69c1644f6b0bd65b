/** What we use of a package that has dozens of files: loaded with the first file, and a Worker carries no more of it. */
export { fileTypeFromBuffer } from 'file-type'

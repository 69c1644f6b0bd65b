import { parentPort, workerData } from 'node:worker_threads'
import { readTable } from './read-table.ts'

const { bytes, mostLines }: { bytes: Uint8Array; mostLines: number } = workerData
parentPort?.postMessage(await readTable(bytes, mostLines))

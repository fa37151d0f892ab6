import { setTimeout as pause } from 'node:timers/promises';
import { startKafkaOn, type ServerProcess } from '@index766/testing-integration';

const STARTED_AGAIN_AFTER_MS = 1_000;

/** A broker that is started again whenever it ends, until it stays, as Compose does by `restart: unless-stopped`. */
export class SupervisedBroker {
  private isWanted = true;
  private ended = 0;
  private starting: Promise<unknown> = Promise.resolve();
  private readonly watched: Promise<void>;

  private constructor(private readonly server: ServerProcess<'broker'>) {
    this.watched = this.watch();
  }

  /** With its data in this folder. */
  static async start(dataFolder: string): Promise<SupervisedBroker> {
    return new SupervisedBroker(await startKafkaOn(dataFolder));
  }

  /** `host:port` */
  get address(): string {
    return this.server.address;
  }

  /** How often it has ended by itself, starts that failed included. */
  get ends(): number {
    return this.ended;
  }

  async stop(): Promise<void> {
    this.isWanted = false;
    await this.starting;
    await this.server.stop();
    await this.watched;
  }

  private async watch(): Promise<void> {
    while (await this.endsByItself()) {
      this.starting = this.server.restart().catch(() => undefined); // has ended again, which the next round sees
      await this.starting;
    }
  }

  /** Resolves a moment after its end; to false when it was told to end. */
  private async endsByItself(): Promise<boolean> {
    await this.server.ended();
    if (this.isWanted) {
      this.ended += 1;
      await pause(STARTED_AGAIN_AFTER_MS);
    }
    return this.isWanted;
  }
}

/** The last drawn picture, wider than the screen on each side: while the camera moves it is moved and scaled, which costs the same for any number of things. */

import { type Paints, paint } from "./paint.ts";
import type { Camera, Scene } from "./scene.ts";

/** The part of the screen's longer side that is drawn beyond each of its edges. */
const BEYOND = 0.25;
/** How much the sheet may be enlarged. */
const COARSEST = 2;
/** Marks and lines; a scene with fewer is drawn anew for each scale, so that its names keep their size. */
const LIGHT = 1_500;

export class Sheet {
  private readonly canvas = document.createElement("canvas");
  private readonly pen = this.canvas.getContext("2d", { alpha: false });
  private drawn: { readonly camera: Camera; readonly scene: Scene; readonly dense: number } | null = null;

  /** Pixels that a scene for this sheet has beyond each edge of the screen. */
  static beyond(width: number, height: number): number {
    return Math.round(BEYOND * Math.max(width, height));
  }

  draw(scene: Scene, camera: Camera, dense: number, paints: Paints): void {
    const { width, height, beyond } = scene;
    const [wide, high] = [Math.round((width + 2 * beyond) * dense), Math.round((height + 2 * beyond) * dense)];
    if (this.canvas.width !== wide || this.canvas.height !== high) [this.canvas.width, this.canvas.height] = [wide, high];
    this.pen?.setTransform(dense, 0, 0, dense, beyond * dense, beyond * dense);
    if (this.pen) paint(this.pen, scene, paints);
    this.drawn = { camera, scene, dense };
  }

  /** Whether it was drawn for a screen of this size. */
  fits(width: number, height: number): boolean {
    return this.drawn?.scene.width === width && this.drawn.scene.height === height;
  }

  /** Puts the sheet where the camera sees it; the pen counts in pixels of the canvas, whose size they say. */
  put(pen: CanvasRenderingContext2D, camera: Camera, background: string): void {
    if (!this.drawn) return;
    const { dense } = this.drawn;
    const { left, top, scale } = this.seen(camera);
    const { width, height } = pen.canvas;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = background;
    pen.fillRect(0, 0, width, height);
    pen.drawImage(this.canvas, Math.round(left * dense), Math.round(top * dense), this.canvas.width * scale, this.canvas.height * scale);
  }

  /** Whether it fills the screen of a camera, and fine enough. */
  serves(camera: Camera): boolean {
    if (!this.drawn) return false;
    const { left, top, scale } = this.seen(camera);
    const { width, height, beyond, marks, faint } = this.drawn.scene;
    if (scale !== 1 && marks.length + faint.length / 4 < LIGHT) return false;
    const [right, bottom] = [left + (width + 2 * beyond) * scale, top + (height + 2 * beyond) * scale];
    return scale < COARSEST && left <= 0 && top <= 0 && right >= width && bottom >= height;
  }

  /** Where its corner lies on the screen of a camera, and how much larger than drawn it is. */
  private seen(camera: Camera): { left: number; top: number; scale: number } {
    const { camera: was, scene: { width, height, beyond } } = this.drawn ?? { camera, scene: { width: 0, height: 0, beyond: 0 } };
    const scale = camera.k / was.k;
    return {
      left: (was.x - camera.x) * camera.k + width / 2 - (width / 2 + beyond) * scale,
      top: (was.y - camera.y) * camera.k + height / 2 - (height / 2 + beyond) * scale,
      scale,
    };
  }
}

import { imageAddress, thumbnailAddress } from "../api/endpoints";
import type { AspectRatio, InputValue } from "../api/types";

/** Pixels at one megapixel, as the provider makes them, for each aspect ratio. */
const sizes: Record<AspectRatio, readonly [number, number]> = {
  "1:1": [1024, 1024],
  "4:5": [896, 1088],
  "3:4": [896, 1152],
  "2:3": [832, 1216],
  "9:16": [768, 1344],
  "9:21": [640, 1536],
  "5:4": [1088, 896],
  "4:3": [1152, 896],
  "3:2": [1216, 832],
  "16:9": [1344, 768],
  "21:9": [1536, 640],
};

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size of a picture, to hold its place before its file has loaded. */
export function sizeOf(aspect: InputValue | undefined): Size {
  const [width, height] = sizes[aspect as AspectRatio] ?? sizes["1:1"];
  return { width, height };
}

/** The files that a browser chooses from for the width that a picture takes: its smaller versions and itself. */
export function sourcesOf(picture: string, aspect: InputValue | undefined): string {
  const { width, height } = sizeOf(aspect);
  const long = Math.max(width, height);
  const smaller = ([256, 512, 1024] as const).filter((side) => side < long);
  const sources = smaller.map((side) => `${thumbnailAddress(picture, side)} ${Math.round((width * side) / long)}w`);
  return [...sources, `${imageAddress(picture)} ${width}w`].join(", ");
}

/** The CSS variable that gives an element the aspect ratio. */
export function ratioStyle(aspect: InputValue | undefined): { "--ratio": string } {
  const { width, height } = sizeOf(aspect);
  return { "--ratio": String(width / height) };
}

export const aspectRatios = Object.keys(sizes) as AspectRatio[];

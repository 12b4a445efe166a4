// Charts declared as <figure data-chart> with their data in JSON: drawn by ECharts, loaded only where there are charts.
import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";
import { saveAs } from "./tools.js";

echarts.use([
  BarChart, LineChart, ScatterChart, AriaComponent, GridComponent, MarkLineComponent, TooltipComponent, CanvasRenderer, LabelLayout,
]);

// Told apart also with a colour-vision deficiency (Okabe and Ito), darkened to stand on white.
const COLOURS = ["#0e6f6a", "#d08a00", "#3a6fb0", "#b3541e", "#8a5a9e", "#5f6b7a"];
const INK = "#46515e";
const LINE = "#e3e7eb";

function format(value, places) {
  if (value === null || value === undefined) return "—";
  return Number(value).toLocaleString("en", { minimumFractionDigits: places, maximumFractionDigits: places });
}

function escape(text) {
  const holder = document.createElement("span");
  holder.textContent = text;
  return holder.innerHTML;
}

function seriesOf(chart) {
  const limits = chart.limits.map((limit) => ({ yAxis: limit.value, label: { show: false } }));
  return chart.series.map((series, place) => ({
    name: series.name,
    type: series.kind,
    stack: series.stack || undefined,
    data: series.values,
    symbolSize: series.kind === "line" ? 5 : 7,
    barMaxWidth: 28,
    lineStyle: { width: 2 },
    // A direct label at the end of a line instead of a legend.
    endLabel: { show: series.kind === "line" && chart.series.length > 1, formatter: "{a}", color: COLOURS[place % 6] },
    labelLayout: { moveOverlap: "shiftY" },
    markLine: place === 0 && limits.length
      // ECharts would round the line to two decimals and draw it elsewhere.
      ? { precision: 12, silent: true, symbol: "none", animation: false, lineStyle: { color: INK, width: 1, type: "dashed" }, data: limits }
      : undefined,
  }));
}

function tooltipOf(chart) {
  return (points) => {
    const lines = points.map((point) => {
      const value = format(Array.isArray(point.value) ? point.value.at(-1) : point.value, chart.places);
      return `<div class="tip-line"><span class="tip-mark tip-mark-${point.seriesIndex % 6}"></span>${escape(point.seriesName)}<b>${value}</b></div>`;
    });
    return `<div class="tip"><div class="tip-head">${escape(points[0].axisValueLabel ?? points[0].name)} · ${escape(chart.unit)}</div>${lines.join("")}</div>`;
  };
}

function optionsOf(chart) {
  const font = getComputedStyle(document.body).fontFamily;
  const scatter = chart.series.some((series) => series.kind === "scatter");
  const bars = chart.series.some((series) => series.kind === "bar");
  const lowest = Math.min(...chart.limits.map((limit) => limit.value));
  const highest = Math.max(...chart.limits.map((limit) => limit.value));
  const axisLabel = { color: INK, fontFamily: font, fontSize: 12 };
  return {
    animation: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 250,
    aria: { enabled: true, label: { description: `${chart.title} (${chart.unit})` } },
    color: COLOURS,
    textStyle: { fontFamily: font },
    grid: { left: 8, right: chart.series.length > 1 && !bars ? 72 : 12, top: 12, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    tooltip: { trigger: scatter ? "item" : "axis", className: "tip-box", formatter: scatter ? (point) => tooltipOf(chart)([point]) : tooltipOf(chart), axisPointer: { type: bars ? "shadow" : "line" }, confine: true },
    // Lying bars swap the axes, so that long names stand in lines; the first category on top.
    [chart.lying ? "yAxis" : "xAxis"]: scatter
      ? { type: "value", scale: true, axisLabel, splitLine: { lineStyle: { color: LINE } } }
      : {
          type: "category", data: chart.categories, inverse: chart.lying, axisTick: { show: false }, axisLine: { lineStyle: { color: "#b9c1ca" } },
          axisLabel: chart.lying ? { ...axisLabel, width: 150, overflow: "break" } : axisLabel,
        },
    [chart.lying ? "xAxis" : "yAxis"]: {
      type: "value",
      scale: !bars,
      splitNumber: 4,
      minInterval: chart.places === 0 ? 1 : 0, // nobody counts halves
      axisLabel: { ...axisLabel, formatter: (value) => value.toLocaleString("en") },
      splitLine: { lineStyle: { color: LINE } },
      // The thin line to compare with is always within the picture; null lets ECharts choose round ends.
      min: (range) => (lowest < range.min ? lowest : null),
      max: (range) => (highest > range.max ? highest : null),
    },
    series: seriesOf(chart),
  };
}

// Bars cannot carry a label at their end, and on a limit it would lie across the lines: such names stand once above
// the picture, with their marks.
function nameAbove(figure, chart) {
  const named = (mark, text) => {
    const sign = document.createElement("span");
    sign.className = `tip-mark tip-mark-${mark}`;
    const name = document.createElement("span");
    name.append(sign, text);
    return name;
  };
  const told = chart.series.length > 1 && chart.series.some((series) => series.kind !== "line");
  const series = told ? chart.series.map((one, place) => named(place % 6, one.name)) : [];
  const limits = chart.limits.map((one) => named("limit", `${one.name} ${format(one.value, chart.places)}`));
  if (!series.length && !limits.length) return;
  const names = document.createElement("p");
  names.className = "chart-names";
  names.append(...series, ...limits);
  figure.querySelector(".chart-canvas").before(names);
}

function asCsv(chart) {
  const quote = (text) => `"${String(text ?? "").replaceAll('"', '""').replace(/^[=+\-@]/, (sign) => (/^-[\d.]+$/.test(text) ? sign : `'${sign}`))}"`;
  const head = ["", ...chart.series.map((series) => `${series.name} (${chart.unit})`)];
  const rows = chart.categories.map((category, place) => [category, ...chart.series.map((series) => series.values[place])]);
  return `\uFEFF${[head, ...rows].map((row) => row.map(quote).join(",")).join("\r\n")}\r\n`;
}

export function draw(figure) {
  if (figure.dataset.drawn) return;
  figure.dataset.drawn = "yes";
  const chart = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  nameAbove(figure, chart);
  const picture = echarts.init(figure.querySelector(".chart-canvas"), null, { renderer: "canvas" });
  picture.setOption(optionsOf(chart));
  figure.querySelector(".chart-canvas").setAttribute("role", "img");
  new ResizeObserver(() => picture.resize()).observe(figure);
  window.addEventListener("beforeprint", () => picture.resize());
  figure.querySelector("[data-chart-csv]").addEventListener("click", () => saveAs(`${chart.key}.csv`, new Blob([asCsv(chart)], { type: "text/csv" })));
  figure.querySelector("[data-chart-image]").addEventListener("click", async () => {
    const data = picture.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: "#fff" });
    const bytes = Uint8Array.from(atob(data.split(",")[1]), (letter) => letter.codePointAt(0));
    saveAs(`${chart.key}.png`, new Blob([bytes], { type: "image/png" }));
  });
}

function drawAll(root) {
  for (const figure of root.querySelectorAll("figure[data-chart]")) draw(figure);
}

drawAll(document);
document.addEventListener("htmx:afterSwap", (event) => drawAll(event.target));

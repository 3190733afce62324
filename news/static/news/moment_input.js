// A moment by the clocks of every zone offered, while one types; asks which is meant where clocks show it twice.
// Without this script the site says all of it in its answer.
"use strict";

const DAY = 86_400_000; // milliseconds
const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

// What the clocks of a zone show at a moment, as milliseconds: as if that were the time in UTC.
function shownAt(moment, zone) {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(moment);
  const number = (type) => Number(parts.find((part) => part.type === type).value);
  return Date.UTC(number("year"), number("month") - 1, number("day"), number("hour"), number("minute"));
}

// The moments that a time on the clocks of a zone may mean: none in the skipped hour, two in the repeated one.
function readings(written, zone) {
  const offsets = [-DAY, DAY].map((away) => shownAt(written + away, zone) - (written + away));
  const meant = [...new Set(offsets)].map((offset) => written - offset);
  return meant.filter((moment) => shownAt(moment, zone) === written).sort((one, other) => one - other);
}

function inWords(moment, zone) {
  const day = new Intl.DateTimeFormat(language, { timeZone: zone, dateStyle: "long" }).format(moment);
  const time = { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return `${day}, ${new Intl.DateTimeFormat(language, time).format(moment)}`;
}

function offsetInWords(moment, zone) {
  const minutes = Math.round((shownAt(moment, zone) - moment) / 60_000);
  const two = (number) => String(Math.trunc(Math.abs(number))).padStart(2, "0");
  return `UTC${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}

function equip(block) {
  const input = block.querySelector('input[type="datetime-local"]');
  const choice = block.querySelector("select");
  const hours = block.querySelector("[data-hours]");
  const shown = block.querySelectorAll("[data-clock]");

  function tell() {
    const zone = choice ? choice.value : block.dataset.zone;
    const written = input.value ? Date.parse(`${input.value}Z`) : NaN;
    const meant = Number.isNaN(written) ? [] : readings(written, zone);
    hours.hidden = meant.length < 2;
    hours.querySelectorAll("[data-offset]").forEach((text, number) => {
      text.textContent = meant.length > 1 ? offsetInWords(meant[number], zone) : "";
    });
    const isSecond = hours.querySelector('[value="second"]').checked;
    const isChosen = meant.length < 2 || hours.querySelector(":checked") !== null;
    const moment = isChosen ? meant[isSecond && meant.length > 1 ? 1 : 0] : undefined;
    const isSkipped = !Number.isNaN(written) && meant.length === 0;
    shown.forEach((text) => {
      text.textContent = isSkipped ? block.dataset.skipped : moment === undefined ? "–" : inWords(moment, text.dataset.clock);
    });
  }

  for (const event of ["input", "change"]) block.addEventListener(event, tell);
  tell();
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-moment]").forEach(equip));

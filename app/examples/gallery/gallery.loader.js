import start from "./gallery.js";

start();

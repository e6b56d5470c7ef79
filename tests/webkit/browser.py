#!/usr/bin/python3
"""The smallest browser around WebKit that keeps a profile on disk: the one that comes with WebKit forgets everything
in each session that is driven, and stores no photos, as in a private window.

Started by WebKitWebDriver with: the folder of the profile, the width and the height of the window in pixels.
"""

import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402, versions come first

profile, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])

kept = WebKit2.WebsiteDataManager(base_data_directory=f"{profile}/data", base_cache_directory=f"{profile}/cache")
context = WebKit2.WebContext.new_with_website_data_manager(kept)
context.set_preferred_languages(["zh_CN"])
context.set_automation_allowed(True)


def open_view(_session):
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    window = Gtk.Window()
    window.set_default_size(width, height)
    window.add(view)
    window.show_all()
    return view


def begin(_context, session):
    about = WebKit2.ApplicationInfo()
    about.set_name("browser.py")
    session.set_application_info(about)
    session.connect("create-web-view", open_view)


context.connect("automation-started", begin)
Gtk.main()

# A package, so that its conftest and its modules are not taken for those of Tests/browser.

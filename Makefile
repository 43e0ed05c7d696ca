# make                  build the release
# make run [MODEL=...]  build it and serve MODEL, or the model in the box, on 127.0.0.1:8080
# make test             build and run every test
# make screenshots      the pictures in docs/images anew
# make package          a Debian package of it, in build/release
# make check            layers, format, tables of the API, lint
# make PRESET=debug     another preset: release, debug, asan-ubsan, tsan
PRESET ?= release
# What must be installed: running needs less than testing.
PURPOSE = build $(if $(filter test unit e2e web screenshots check,$(MAKECMDGOALS)),test) $(if $(filter asan-ubsan tsan,$(PRESET)),check)
BUILD = build/$(PRESET)
SERVE_FLAGS = $(if $(MODEL),--model $(MODEL)) $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

.PHONY: all build run test unit e2e web screenshots package check format clean

all: build

# Packages are looked at once per change of their list.
build/.packages-%: tools/packages.txt tools/bootstrap
	@mkdir -p build
	@tools/bootstrap $*
	@touch $@

$(BUILD)/build.ninja: CMakePresets.json CMakeLists.txt $(foreach p,$(PURPOSE),build/.packages-$(p))
	cmake --preset $(PRESET)
	@touch $@

build: $(BUILD)/build.ninja
	@cmake --build $(BUILD)

run: $(BUILD)/build.ninja
	@cmake --build $(BUILD) --target peregrine
	@$(BUILD)/bin/peregrine serve $(SERVE_FLAGS)

unit: build
	@ctest --test-dir $(BUILD) --output-on-failure -j2

e2e: build
	@tests/e2e/run $(BUILD)/bin/peregrine

# The page: its pure parts, and all of it in a browser.
web: build
	@npm --prefix web test
	@tests/web/run $(BUILD)/bin/peregrine

screenshots: build
	@tests/web/run $(BUILD)/bin/peregrine screenshots

test: unit e2e web

package: build
	@cd $(BUILD) && cpack -G DEB

check: $(BUILD)/build.ninja build/.packages-check
	@tools/check-layers
	@tools/check-format
	@tools/check-api-table
	@tools/check-tidy

format: build/.packages-check
	@git ls-files '*.cc' '*.h' | xargs clang-format-19 -i

clean:
	rm -rf build

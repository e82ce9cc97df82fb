#pragma once

#include <string>
#include <string_view>

/// For those who write a configuration.
namespace crier::config {

/// A double-quoted YAML scalar, on one line whatever the text is.
[[nodiscard]] std::string yaml_quoted(std::string_view text);

/// A name of small letters, digits, _ and -, made of `text`; `fallback` where nothing of it is left.
[[nodiscard]] std::string yaml_name(std::string_view text, std::string_view fallback);

/// What yaml_name() made, in quotes where YAML would read a number, a truth or nothing at all.
[[nodiscard]] std::string yaml_scalar(const std::string& name);

} // namespace crier::config

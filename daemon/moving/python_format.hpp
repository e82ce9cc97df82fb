#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace crier::moving {

/// What stands for a field of the other bot's: an expression of crier's ("title", "categories | hashtags"),
/// or words as they are.
struct FormatField {
    std::string expression;
    std::string words; ///< in the place of an expression
    std::string note;  ///< what is not the same; empty: it is
};

struct TranslatedFormat {
    std::string status; ///< a template of crier's
    std::vector<std::string> notes;
};

/// A text for Python's str.format() as a template of crier's. `field` knows the names; nothing: it has no
/// such thing, and the place stays empty, with a note.
[[nodiscard]] TranslatedFormat
translate_format(const std::string& format,
                 const std::function<std::optional<FormatField>(const std::string& name)>& field);

/// Words as a template has them: two braces mean something there.
[[nodiscard]] std::string as_template_words(const std::string& words);

} // namespace crier::moving

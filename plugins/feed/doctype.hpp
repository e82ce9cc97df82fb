#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace crier::feed {

/// The entities that a document declares for itself, as far as they are short texts: without markup, with no
/// other entities than those before them, and nothing from outside. So what they make of a document is
/// bounded, whatever it says.
class DocumentEntities {
public:
    /// Of `<!DOCTYPE ... [...]>`, its internal subset included.
    void read(std::string_view doctype);

    /// Appends what the reference at the start of `text` stands for, as XML that may stand in a text and in a
    /// value; how many bytes it took, or 0: it is none of these, or there were too many of them.
    std::size_t expand(std::string_view text, std::string& out);

private:
    struct Entity {
        std::string_view name;
        std::string value;
    };

    void declare(std::string_view declaration);
    [[nodiscard]] std::string plain_value(std::string_view literal) const;
    /// The one that the reference at the start of `text` names, or null.
    [[nodiscard]] const Entity* find(std::string_view text) const;

    std::vector<Entity> entities_;
    std::size_t expanded_ = 0; ///< bytes so far
};

} // namespace crier::feed

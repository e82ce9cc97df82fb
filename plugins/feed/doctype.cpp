#include "feed/doctype.hpp"

#include "feed/xml_syntax.hpp"
#include "kit/ascii.hpp"

#include <algorithm>
#include <utility>

namespace crier::feed {
namespace {

constexpr std::size_t most_entities = 64;
constexpr std::size_t longest_entity = 200;                    ///< bytes of its value
constexpr std::size_t longest_value = 1000;                    ///< the same, others expanded in it
constexpr std::size_t longest_entity_name = 64;                ///< the same
constexpr std::size_t most_expanded = std::size_t{256} << 10U; ///< bytes in one document
constexpr std::string_view entity_mark = "<!ENTITY";

} // namespace

/// The value as it may stand anywhere in XML, entities that were declared before it expanded; empty: it is
/// more than text, and not taken.
std::string DocumentEntities::plain_value(std::string_view literal) const {
    std::string value;
    if (literal.size() > longest_entity || literal.find_first_of("<%") != kit::npos ||
        find_control(literal) != kit::npos)
        return value;
    for (std::size_t i = 0; i < literal.size(); ++i) {
        const std::string_view rest = literal.substr(i);
        if (literal[i] == '&' && own_reference(rest) == 0 &&
            !is_sound_number(rest, kit::read_reference(rest))) {
            const Entity* other = find(rest);
            if (other == nullptr)
                return {};
            value += other->value;
            i += other->name.size() + 1;
        } else if (literal[i] == '"') {
            value += "&quot;";
        } else {
            value += literal[i];
        }
        if (value.size() > longest_value) // of entities in entities: here the growing ends
            return {};
    }
    return value;
}

void DocumentEntities::read(std::string_view doctype) {
    for (auto at = doctype.find('<', 1); at != kit::npos; at = doctype.find('<', at)) {
        const std::string_view rest = doctype.substr(at);
        std::string_view end = ">";
        if (rest.substr(0, 4) == "<!--")
            end = "-->";
        else if (rest.substr(0, 2) == "<?")
            end = "?>";
        else if (rest.substr(0, entity_mark.size()) == entity_mark)
            declare(rest.substr(entity_mark.size(), longest_entity + longest_entity_name + 16));
        at = doctype.find(end, at + 1);
        if (at == kit::npos)
            return;
    }
}

/// ` name "value">`, and what follows it.
void DocumentEntities::declare(std::string_view declaration) {
    const auto skip_blanks = [&declaration] {
        const std::size_t before = declaration.size();
        while (!declaration.empty() && kit::is_blank(declaration.front()))
            declaration.remove_prefix(1);
        return declaration.size() < before;
    };
    if (!skip_blanks())
        return;
    const std::string_view name = declaration.substr(0, name_end(declaration, 0));
    declaration.remove_prefix(name.size());
    if (name.empty() || name.size() > longest_entity_name || !skip_blanks() || declaration.empty() ||
        entities_.size() == most_entities)
        return;
    const char quote = declaration.front();
    const auto end = quote == '"' || quote == '\'' ? declaration.find(quote, 1) : kit::npos;
    if (end == kit::npos)
        return;
    std::string value = plain_value(declaration.substr(1, end - 1));
    const bool known = std::any_of(entities_.begin(), entities_.end(),
                                   [name](const Entity& other) { return other.name == name; });
    if (!value.empty() && !known)
        entities_.push_back(Entity{name, std::move(value)});
}

std::size_t DocumentEntities::expand(std::string_view text, std::string& out) {
    const Entity* found = entities_.empty() ? nullptr : find(text);
    if (found == nullptr || expanded_ + found->value.size() > most_expanded)
        return 0;
    expanded_ += found->value.size();
    out += found->value;
    return found->name.size() + 2;
}

const DocumentEntities::Entity* DocumentEntities::find(std::string_view text) const {
    text = text.substr(0, longest_entity_name + 2);
    const std::size_t end = name_end(text, 1);
    if (end >= text.size() || text[end] != ';')
        return nullptr;
    const std::string_view name = text.substr(1, end - 1);
    const auto found = std::find_if(entities_.begin(), entities_.end(),
                                    [name](const Entity& one) { return one.name == name; });
    return found == entities_.end() ? nullptr : &*found;
}

} // namespace crier::feed

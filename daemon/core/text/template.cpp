#include "core/text/template.hpp"

#include "core/text/template_program.hpp"

namespace crier::text {

const std::string& Template::source() const noexcept {
    static const std::string none;
    return program_ ? program_->source : none;
}

bool Template::empty() const noexcept {
    return !program_ || program_->source.empty();
}

std::vector<Piece> Template::render(const Lookup& lookup, std::string_view language) const {
    std::vector<Piece> pieces;
    if (!program_)
        return pieces;
    pieces.reserve(program_->nodes.size());
    for (const Node& node : program_->nodes) {
        Flow flow;
        flow.kind = node.kind;
        if (node.variable.empty())
            flow.value = node.literal;
        else
            flow.value = lookup(node.variable);
        for (const AppliedFilter& applied : node.filters)
            applied.filter->apply(flow, applied.arguments, language);
        std::string text = to_text(flow.value, language);
        if (!text.empty())
            pieces.push_back({flow.kind, std::move(text)});
    }
    return pieces;
}

std::string Template::render_text(const Lookup& lookup, std::string_view language) const {
    std::string text;
    for (const Piece& piece : render(lookup, language))
        text += piece.text;
    return text;
}

} // namespace crier::text

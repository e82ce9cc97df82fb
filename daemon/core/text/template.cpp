#include "core/text/template.hpp"

#include "core/text/template_program.hpp"

#include <algorithm>

namespace crier::text {
namespace {

Value value_of(const Expression& expression, const Template::Lookup& lookup, const RenderContext& context) {
    if (const auto* variable = std::get_if<Variable>(&expression.head))
        return lookup(variable->name);
    if (const auto* call = std::get_if<Call>(&expression.head))
        return call->function->call(call->arguments, context, call->turn);
    return std::get<std::string>(expression.head);
}

} // namespace

const std::string& Template::source() const noexcept {
    static const std::string none;
    return program_ ? program_->source : none;
}

bool Template::empty() const noexcept {
    return !program_ || program_->source.empty();
}

bool Template::mentions(std::string_view name) const noexcept {
    if (!program_)
        return false;
    return std::any_of(program_->nodes.begin(), program_->nodes.end(), [name](const Node& node) {
        if (!node.expression)
            return false;
        const auto* variable = std::get_if<Variable>(&node.expression->head);
        return variable != nullptr && variable->name == name;
    });
}

std::vector<Piece> Template::render(const Lookup& lookup, const RenderContext& context) const {
    std::vector<Piece> pieces;
    if (!program_)
        return pieces;
    pieces.reserve(program_->nodes.size());
    for (const Node& node : program_->nodes) {
        if (!node.expression) {
            pieces.push_back({node.kind, program_->source.substr(node.begin, node.size)});
            continue;
        }
        Flow flow{value_of(*node.expression, lookup, context), node.kind};
        for (const AppliedFilter& applied : node.expression->filters)
            applied.filter->apply(flow, applied.arguments, context.language);
        std::string text = to_text(flow.value, context.language);
        if (!text.empty())
            pieces.push_back({flow.kind, std::move(text)});
    }
    return pieces;
}

std::string Template::render_text(const Lookup& lookup, const RenderContext& context) const {
    std::string text;
    for (const Piece& piece : render(lookup, context))
        text += piece.text;
    return text;
}

} // namespace crier::text

#include "bench/limits/bare_xml.hpp"

#include <libxml/SAX2.h>
#include <libxml/parser.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace crier::bench {
namespace {

constexpr std::size_t piece = std::size_t{64} << 10U;

struct Count {
    std::string_view name;
    std::size_t number = 0;
};

void on_start(void* context, const xmlChar* name, const xmlChar*, const xmlChar*, int, const xmlChar**, int,
              int, const xmlChar**) {
    auto& count = *static_cast<Count*>(static_cast<xmlParserCtxtPtr>(context)->_private);
    count.number += reinterpret_cast<const char*>(name) == count.name ? 1U : 0U;
}
void on_end(void*, const xmlChar*, const xmlChar*, const xmlChar*) {}
void on_text(void*, const xmlChar*, int) {}

} // namespace

std::size_t bare_xml_elements(std::string_view document, std::string_view name) {
    xmlSAXHandler handler{};
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = on_start;
    handler.endElementNs = on_end;
    handler.characters = on_text;
    handler.ignorableWhitespace = on_text;
    handler.cdataBlock = on_text;
    const std::unique_ptr<xmlParserCtxt, void (*)(xmlParserCtxtPtr)> parser{
        xmlCreatePushParserCtxt(&handler, nullptr, nullptr, 0, nullptr), xmlFreeParserCtxt};
    if (!parser)
        throw std::runtime_error("libxml2 has no parser");
    Count count{name};
    parser->_private = &count;
    xmlCtxtUseOptions(parser.get(), XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOENT |
                                        XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    for (std::size_t at = 0; at < document.size(); at += piece)
        (void)xmlParseChunk(parser.get(), document.data() + at,
                            static_cast<int>(std::min(piece, document.size() - at)),
                            at + piece >= document.size() ? 1 : 0);
    if (parser->wellFormed == 0)
        throw std::runtime_error("libxml2 does not take the feed for XML");
    return count.number;
}

} // namespace crier::bench

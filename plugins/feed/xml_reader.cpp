#include "feed/xml_reader.hpp"

#include "feed/mender.hpp"
#include "kit/ascii.hpp"

#include <libxml/SAX2.h>
#include <libxml/parser.h>

#include <cstddef>
#include <exception>
#include <memory>
#include <new>

namespace crier::feed {
namespace {

constexpr std::size_t piece = std::size_t{64} << 10U;

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view{} : std::string_view{reinterpret_cast<const char*>(text)};
}

/// One reading: libxml2's parser, and where its events go.
class Reading {
public:
    explicit Reading(XmlEvents& events);

    void feed(std::string_view part, bool last);
    [[nodiscard]] bool stopped() const { return stopped_; }
    /// What libxml2 could not read in spite of all; empty: nothing.
    [[nodiscard]] std::string complaint() const;

private:
    static void on_start(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri, int,
                         const xmlChar**, int attribute_count, int, const xmlChar** attributes) {
        reading_of(context).guarded([&](XmlEvents& events) {
            events.start(XmlName{view(name), view(prefix), view(uri)},
                         XmlAttributes{attribute_count, attributes});
        });
    }
    static void on_end(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri) {
        reading_of(context).guarded([&](XmlEvents& events) {
            events.end(XmlName{view(name), view(prefix), view(uri)});
        });
    }
    static void on_text(void* context, const xmlChar* text, int size) {
        reading_of(context).guarded([&](XmlEvents& events) {
            events.text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
        });
    }
    static xmlEntityPtr on_entity(void*, const xmlChar* name) { return xmlGetPredefinedEntity(name); }

    static Reading& reading_of(void* context) {
        return *static_cast<Reading*>(static_cast<xmlParserCtxtPtr>(context)->_private);
    }

    /// No exception passes through libxml2: it is kept until libxml2 has returned.
    template <class Event>
    void guarded(Event event) {
        if (stopped_)
            return;
        try {
            event(events_);
            stopped_ = events_.enough();
        } catch (...) {
            error_ = std::current_exception();
            stopped_ = true;
        }
        if (stopped_)
            xmlStopParser(parser_.get());
    }

    struct Free {
        void operator()(xmlParserCtxtPtr parser) const {
            if (parser->myDoc != nullptr)
                xmlFreeDoc(parser->myDoc);
            xmlFreeParserCtxt(parser);
        }
    };

    XmlEvents& events_;
    std::unique_ptr<xmlParserCtxt, Free> parser_;
    std::exception_ptr error_;
    bool stopped_ = false;
};

Reading::Reading(XmlEvents& events)
    : events_(events) {
    xmlSAXHandler handler{};
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = on_start;
    handler.endElementNs = on_end;
    handler.characters = on_text;
    handler.ignorableWhitespace = on_text;
    handler.cdataBlock = on_text;
    handler.getEntity = on_entity;
    parser_.reset(xmlCreatePushParserCtxt(&handler, nullptr, nullptr, 0, nullptr));
    if (!parser_)
        throw std::bad_alloc();
    parser_->_private = this;
    // NOENT puts XML's own five references in attributes right. There are no others: the mender has left no
    // document type, and on_entity() knows none.
    xmlCtxtUseOptions(parser_.get(), XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOENT |
                                         XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
}

void Reading::feed(std::string_view part, bool last) {
    (void)xmlParseChunk(parser_.get(), part.data(), static_cast<int>(part.size()), last ? 1 : 0);
    if (error_)
        std::rethrow_exception(error_);
}

std::string Reading::complaint() const {
    if (parser_->wellFormed != 0)
        return {};
    const xmlError* error = xmlCtxtGetLastError(parser_.get());
    std::string words = error == nullptr
                            ? std::string{}
                            : std::string{view(reinterpret_cast<const xmlChar*>(error->message))};
    while (!words.empty() && (words.back() == '\n' || words.back() == ' '))
        words.pop_back();
    return words.empty() ? "something" : words;
}

} // namespace

const unsigned char** XmlAttributes::find(std::string_view name, std::string_view prefix) const {
    for (int i = 0; i < count_; ++i) {
        const xmlChar** one = list_ + static_cast<std::ptrdiff_t>(i) * 5; // name, prefix, URI, value, its end
        if (view(one[1]) == prefix && kit::same_but_case(view(one[0]), name))
            return one;
    }
    return nullptr;
}

std::string_view XmlAttributes::get(std::string_view name, std::string_view prefix) const {
    const xmlChar** one = find(name, prefix);
    if (one == nullptr)
        return {};
    return {reinterpret_cast<const char*>(one[3]), static_cast<std::size_t>(one[4] - one[3])};
}

bool XmlAttributes::has(std::string_view name, std::string_view prefix) const {
    return find(name, prefix) != nullptr;
}

void read_xml(std::string_view document, XmlEvents& events, Warnings& warnings) {
    Mender mender{document};
    Reading reading{events};
    std::string part;
    for (bool more = true; more && !reading.stopped();) {
        part.clear();
        more = mender.next(part, piece);
        reading.feed(part, !more && mender.complete());
    }
    if (const std::string trouble = mender.trouble(); !trouble.empty())
        warnings.add(trouble);
    if (reading.stopped())
        return;
    if (!mender.complete())
        warnings.add("the XML breaks off (" + mender.end() + "): what was complete by then was read");
    if (const std::string complaint = reading.complaint(); !complaint.empty())
        warnings.add("the XML parser stumbled over: " + complaint + "; it was read as far as it goes");
}

} // namespace crier::feed

#pragma once

#include "feed/warnings.hpp"

#include <string>
#include <string_view>

namespace crier::feed {

struct XmlName {
    std::string_view local;
    std::string_view prefix; ///< as written, also where nobody declared it
    std::string_view uri;    ///< empty: none
};

/// An element's attributes while start() runs.
class XmlAttributes {
public:
    XmlAttributes(int count, const unsigned char** list)
        : count_(count)
        , list_(list) {}

    /// By its name in lower case, however it is written: feeds in capitals mean the same. Empty: it has none
    /// of that name, or an empty one.
    [[nodiscard]] std::string_view get(std::string_view name, std::string_view prefix = {}) const;

    /// Whether it has one, be it empty.
    [[nodiscard]] bool has(std::string_view name, std::string_view prefix) const;

private:
    [[nodiscard]] const unsigned char** find(std::string_view name, std::string_view prefix) const;

    int count_;
    const unsigned char** list_; ///< five pointers each, as libxml2 has them
};

/// What stands in a document, in its order.
class XmlEvents {
public:
    virtual ~XmlEvents() = default;
    virtual void start(const XmlName& name, const XmlAttributes& attributes) = 0;
    virtual void end(const XmlName& name) = 0;
    /// A part of a text: one text may come in several.
    virtual void text(std::string_view part) = 0;
    /// True: what follows is of no interest.
    [[nodiscard]] virtual bool enough() const = 0;
};

/// Reads an XML document (UTF-8) as far as it goes, mended where it is broken (mender.hpp), in memory that
/// does not grow with it. Exceptions of `events` come through.
void read_xml(std::string_view document, XmlEvents& events, Warnings& warnings);

} // namespace crier::feed

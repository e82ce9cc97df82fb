#include "feed/tombstones.hpp"

#include "feed/dates.hpp"
#include "feed/limits.hpp"
#include "feed/warnings.hpp"
#include "feed/xml_reader.hpp"
#include "kit/ascii.hpp"

#include <algorithm>
#include <utility>

namespace crier::feed {
namespace {

constexpr std::string_view element_name = "deleted-entry";
constexpr std::string_view element_space = "http://purl.org/atompub/tombstones/1.0";

} // namespace

class Tombstones::Reader : public XmlEvents {
public:
    explicit Reader(Tombstones& to)
        : to_(to) {}

    void start(const XmlName& name, const XmlAttributes& attributes) override {
        // In the feed, and nowhere else.
        if (depth_++ != 1 || name.local != element_name)
            return;
        const bool meant = name.uri.empty() ? kit::same_but_case(name.prefix, "at")
                                            : kit::trimmed(name.uri) == element_space;
        std::string id{kit::trimmed(attributes.get("ref"))};
        if (!meant || id.empty() || to_.graves_.size() == most_items)
            return;
        Grave& grave = to_.graves_[std::move(id)];
        grave.when = std::max(grave.when, parse_date(attributes.get("when")));
    }
    void end(const XmlName& name) override {
        (void)name;
        --depth_;
    }
    void text(std::string_view part) override { (void)part; }
    [[nodiscard]] bool enough() const override { return false; }

private:
    Tombstones& to_;
    std::size_t depth_ = 0;
};

Tombstones Tombstones::in(std::string_view document) {
    Tombstones found;
    if (document.find(element_name) == std::string_view::npos)
        return found;
    Reader reader{found};
    Warnings said_again_later;
    read_xml(document, reader, said_again_later);
    return found;
}

bool Tombstones::buries(const sdk::Item& item) {
    const auto grave = graves_.find(item.id);
    if (grave == graves_.end())
        return false;
    const auto& dated = item.updated ? item.updated : item.published;
    grave->second.open = grave->second.open || (dated && grave->second.when && *dated > *grave->second.when);
    return !grave->second.open;
}

void Tombstones::report(sdk::Sink& sink) const {
    for (const auto& [id, grave] : graves_)
        if (!grave.open && !sink.gone(id))
            return;
}

} // namespace crier::feed

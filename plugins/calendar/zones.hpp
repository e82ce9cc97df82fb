#pragma once

#include "calendar/document.hpp"
#include "calendar/steps.hpp"
#include "calendar/zone.hpp"

#include <functional>
#include <map>
#include <string>

namespace crier::calendar {

/// The zones that a document's times are in. A name that the system's database has is that zone, whatever the
/// document says of it: it knows more. The others are the document's VTIMEZONEs.
class Zones {
public:
    /// Of the document and the steps it keeps references. `home` is where dates and times without a zone are.
    Zones(const Document& document, Zone home, std::chrono::year last_year, Steps& steps, Warnings& warnings);

    [[nodiscard]] const Zone& home() const noexcept { return home_; }
    /// Of times that are written like this one. A zone that nobody knows is home, with a warning once.
    [[nodiscard]] const Zone& of(const When& when);
    [[nodiscard]] Instant instant(const When& when) { return of(when).instant_of(when.wall); }

private:
    [[nodiscard]] std::optional<Zone> find(const std::string& id);

    const Document& document_;
    Zone utc_;
    Zone home_;
    std::chrono::year last_year_;
    Steps& steps_;
    Warnings& warnings_;
    std::map<std::string, Zone, std::less<>> known_;
};

} // namespace crier::calendar

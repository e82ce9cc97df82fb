#include "kit/zone_names.hpp"

#include "kit/ascii.hpp"

#include <algorithm>

namespace crier::kit {
namespace {

constexpr int before_feeds = 1994; ///< until then nearly all zones had changed their rules for the last time

struct ZoneNames {
    ZoneRule rule;
    std::string_view names; ///< each with a comma before and behind it
};

// Abbreviations first, since nearly all dates have one of those. Of the database's zones those whose rules
// are as simple as that; the others nobody knows here.
constexpr ZoneNames zones[] = {
    {{0},
     ",gmt,utc,z,ut,wet,utc/gmt,gmt/utc,etc/utc,etc/gmt,etc/uct,etc/universal,etc/zulu,universal,"
     "greenwich mean time,coordinated universal time,western european time,"
     "africa/abidjan,africa/accra,africa/dakar,atlantic/reykjavik,"},
    {{60},
     ",cet,met,mez,bst,west,wat,central european time,central european standard time,"
     "british summer time,western european summer time,"
     "africa/lagos,africa/algiers,africa/kinshasa,africa/luanda,"},
    {{120},
     ",cest,mest,mesz,eet,sast,cat,central european summer time,central european daylight time,"
     "eastern european time,eastern european standard time,"
     "africa/johannesburg,africa/harare,africa/maputo,africa/lusaka,"},
    {{180},
     ",eest,msk,trt,eat,idt,eastern european summer time,moscow standard time,"
     "africa/nairobi,africa/kampala,africa/addis_ababa,africa/dar_es_salaam,asia/riyadh,asia/kuwait,"
     "asia/qatar,asia/bahrain,"},
    {{210}, ",irst,"},
    {{240}, ",msd,get,azt,samt,asia/dubai,"},
    {{270}, ",asia/kabul,"},
    {{300}, ",pkt,uzt,yekt,asia/tashkent,"},
    {{330}, ",asia/kolkata,asia/calcutta,india standard time,"},
    {{345}, ",npt,asia/kathmandu,asia/katmandu,"},
    {{360}, ",omst,"},
    {{420}, ",ict,wib,krat,asia/bangkok,asia/jakarta,asia/ho_chi_minh,asia/saigon,"},
    {{480},
     ",hkt,sgt,awst,wita,myt,pht,irkt,china standard time,asia/shanghai,asia/chongqing,"
     "asia/hong_kong,asia/taipei,asia/macau,asia/singapore,asia/kuala_lumpur,asia/manila,prc,hongkong,"
     "singapore,"},
    {{540},
     ",jst,kst,wit,yakt,japan standard time,korea standard time,korean standard time,"
     "asia/tokyo,asia/seoul,japan,rok,"},
    {{570}, ",acst,australia/darwin,"},
    {{600}, ",aest,chst,vlat,australia/brisbane,pacific/guam,"},
    {{630}, ",acdt,"},
    {{660}, ",aedt,magt,"},
    {{720}, ",nzst,pett,"},
    {{780}, ",nzdt,"},
    {{-120}, ",brst,"},
    {{-150}, ",ndt,"},
    {{-180}, ",adt,art,brt,clst,uyt,atlantic daylight time,"},
    {{-210}, ",nst,"},
    {{-240},
     ",ast,edt,bot,clt,vet,eastern daylight time,atlantic standard time,america/puerto_rico,"
     "america/la_paz,"},
    {{-300},
     ",est,cdt,cot,pet,eastern standard time,central daylight time,america/panama,america/jamaica,"
     "america/guayaquil,"},
    {{-360},
     ",cst,mdt,central standard time,mountain daylight time,america/regina,america/costa_rica,"
     "america/el_salvador,"},
    {{-420}, ",mst,pdt,mountain standard time,pacific daylight time,america/phoenix,us/arizona,"},
    {{-480}, ",pst,akdt,pacific standard time,alaska daylight time,"},
    {{-540}, ",akst,hdt,alaska standard time,"},
    {{-600}, ",hst,hawaii standard time,hawaii-aleutian standard time,pacific/honolulu,us/hawaii,"},
    // Summer or not: the name does not say.
    {{-240, Summer::america, 1987}, ",at,atlantic time,america/halifax,canada/atlantic,"},
    {{-300, Summer::america, 1987},
     ",et,eastern,eastern time,est5edt,america/new_york,america/detroit,us/eastern,"
     "america/toronto,america/montreal,canada/eastern,"},
    {{-360, Summer::america, 1987}, ",ct,central,central time,cst6cdt,america/chicago,us/central,"},
    {{-360, Summer::america, 2007}, ",america/winnipeg,canada/central,"},
    {{-420, Summer::america, 1987},
     ",mt,mountain,mountain time,mst7mdt,america/denver,america/boise,us/mountain,"
     "america/edmonton,canada/mountain,"},
    {{-480, Summer::america, 1987},
     ",pt,pacific,pacific time,pst8pdt,america/los_angeles,us/pacific,"
     "america/vancouver,canada/pacific,"},
    {{-540, Summer::america, 1987}, ",akt,alaska time,america/anchorage,us/alaska,"},
    {{-210, Summer::america, 2012}, ",america/st_johns,canada/newfoundland,"},
    {{0, Summer::europe, 1997},
     ",europe/london,europe/dublin,europe/lisbon,europe/belfast,gb,eire,portugal,"
     "atlantic/canary,atlantic/madeira,atlantic/faroe,"},
    {{60, Summer::europe, 1996},
     ",europe/berlin,europe/paris,europe/madrid,europe/rome,europe/vienna,"
     "europe/zurich,europe/brussels,europe/amsterdam,europe/copenhagen,europe/oslo,"
     "europe/stockholm,europe/prague,europe/warsaw,europe/budapest,"
     "europe/belgrade,europe/zagreb,europe/ljubljana,europe/sarajevo,"
     "europe/bratislava,europe/luxembourg,europe/malta,europe/monaco,"
     "europe/tirane,europe/skopje,europe/podgorica,europe/andorra,europe/vaduz,"
     "europe/san_marino,europe/vatican,europe/gibraltar,europe/busingen,poland,"},
    {{120, Summer::europe, 2003},
     ",europe/athens,europe/helsinki,europe/mariehamn,europe/sofia,"
     "europe/bucharest,europe/tallinn,europe/riga,europe/vilnius,europe/kiev,"
     "europe/kyiv,asia/nicosia,"},
    {{570, Summer::australia, 2009}, ",australia/adelaide,"},
    {{600, Summer::australia, 2009},
     ",aet,australia/sydney,australia/melbourne,australia/hobart,"
     "australia/canberra,"},
    {{720, Summer::new_zealand, 2008}, ",nzt,pacific/auckland,nz,"},
    // Those that have given summer time up, since then.
    {{180, Summer::never, 2012}, ",europe/minsk,"},
    {{180, Summer::never, 2015}, ",europe/moscow,"},
    {{180, Summer::never, 2017}, ",europe/istanbul,turkey,"},
    {{180, Summer::never, 2008}, ",asia/baghdad,"},
    {{210, Summer::never, 2023}, ",asia/tehran,"},
    {{240, Summer::never, 2012}, ",asia/yerevan,asia/tbilisi,"},
    {{240, Summer::never, 2016}, ",asia/baku,"},
    {{300, Summer::never, 2010}, ",asia/karachi,"},
    {{300, Summer::never, 2015}, ",asia/yekaterinburg,"},
    {{330, Summer::never, 2007}, ",asia/colombo,"},
    {{360, Summer::never, 2010}, ",asia/dhaka,"},
    {{480, Summer::never, 2010}, ",australia/perth,"},
    {{600, Summer::never, 2015}, ",asia/vladivostok,"},
    {{60, Summer::never, 2009}, ",africa/tunis,"},
    {{-180, Summer::never, 2010}, ",america/argentina/buenos_aires,america/buenos_aires,"},
    {{-180, Summer::never, 2016}, ",america/montevideo,"},
    {{-180, Summer::never, 2020}, ",america/sao_paulo,"},
    {{-240, Summer::never, 2017}, ",america/caracas,"},
    {{-300, Summer::never, 1995}, ",america/bogota,america/lima,"},
    {{-360, Summer::never, 2007}, ",america/guatemala,"},
    {{-360, Summer::never, 2023}, ",america/mexico_city,america/monterrey,"},
};

/// India's, Ireland's and Israel's; Armenia's and the Amazon's; the Gulf's, Guam's and South Georgia's; ...
constexpr std::string_view ambiguous_zones = ",ist,amt,gst,bdt,wst,sst,ect,act,lmt,";

bool is_among(std::string_view names, std::string_view name) {
    for (auto at = names.find(name); at != npos; at = names.find(name, at + 1))
        if (names[at - 1] == ',' && names[at + name.size()] == ',')
            return true;
    return false;
}

} // namespace

std::optional<ZoneRule> zone_by_name(std::string_view name) {
    if (name.empty() || name.find(',') != npos)
        return std::nullopt;
    for (const ZoneNames& one : zones)
        if (is_among(one.names, name)) {
            ZoneRule rule = one.rule;
            if (name.find('/') != npos) // a place, where clocks once went by other rules
                rule.since = std::max(rule.since, before_feeds);
            return rule;
        }
    return std::nullopt;
}

bool is_ambiguous_zone(std::string_view name) {
    return !name.empty() && name.find(',') == npos && is_among(ambiguous_zones, name);
}

} // namespace crier::kit

// Icons, drawn here so that none is loaded.
const icon = (path: string, filled = false) =>
  function Icon() {
    return (
      <svg className="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
        <path
          d={path}
          fill={filled ? "currentColor" : "none"}
          stroke={filled ? "none" : "currentColor"}
          strokeWidth="1.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    );
  };

export const ChevronIcon = icon("M6 8l4 4 4-4");
export const CloseIcon = icon("M5 5l10 10M15 5L5 15");
export const MoreIcon = icon("M4 10a1 1 0 1 0 2 0 1 1 0 1 0-2 0M9 10a1 1 0 1 0 2 0 1 1 0 1 0-2 0M14 10a1 1 0 1 0 2 0 1 1 0 1 0-2 0", true);
export const TrashIcon = icon("M4 6h12M8 6V4h4v2M6 6l1 10h6l1-10M9 9v4M11 9v4");
export const CalendarIcon = icon("M4 5h12v11H4zM4 8.500h12M7.500 3v3M12.500 3v3");
export const SendIcon = icon("M3 3.500l14.500 6.500L3 16.500l1.500-5.500L11 10 4.500 9z", true);
export const HashIcon = icon("M7.500 3.500l-1.500 13M14 3.500l-1.500 13M3.500 7.500h13M3.500 12.500h13");
export const LockIcon = icon("M5.500 9h9v7h-9zM7 9V6.500a3 3 0 0 1 6 0V9");
export const EyeIcon = icon("M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 12.200a2.200 2.200 0 1 0 0-4.400 2.200 2.200 0 0 0 0 4.400z");
export const ReplyIcon = icon("M3.500 10a6.500 6 0 1 1 3.200 5.200L3.500 16l.9-2.600A5.800 5.800 0 0 1 3.500 10z");
export const HomeIcon = icon("M3.500 9.500L10 4l6.500 5.500M5 8.500V16h3.500v-4h3v4H15V8.500");
export const InspectIcon = icon("M4 5h12M4 10h7M4 15h5M13 15.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM15 15l2 2");
export const ThemeIcon = icon("M16 11.500A6.500 6.500 0 1 1 8.500 4a5 5 0 0 0 7.500 7.500z");
export const TourIcon = icon("M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM8 8a2 2 0 1 1 2.600 1.900c-.4.2-.6.5-.6 1v.4M10 13.800h.01");
export const ClockIcon = icon("M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4l2.500 2");
export const BoltIcon = icon("M11 2.500L4.500 11.500H9.500L8.500 17.500L15.500 8.500H10.500z");
export const BackIcon = icon("M12 4.500L6.500 10L12 15.500");
export const AtIcon = icon("M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0zm0 0v1a2 2 0 0 0 4 0v-1a7 7 0 1 0-3 5.700");

const UpIcon = icon("M6 9v7H3.500V9zM6 9.500L9.500 3.500c1.300 0 2 .8 1.700 2.300L10.700 8H15c1 0 1.700.9 1.400 1.900l-1.300 4.700c-.2.900-.9 1.400-1.800 1.400H6");

export function ThumbIcon({ down }: { down: boolean }) {
  return <span className={down ? "upside-down" : ""}><UpIcon /></span>;
}
